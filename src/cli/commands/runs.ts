import * as path from 'node:path';
import { message, type Message } from '../../common/message';
import { recipeName } from '../../core/recipe/resolve';
import { runIds } from '../../engine/runHistory';
import { RunEntry, type WatchedRun } from '../../engine/watchedRun';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { runsDirectoryFor } from '../runsDirectory';
import { runArgument } from '../session/runHints';
import { printTable } from '../show/table';
import { STATUS_WORDS } from '../../core/run/statusWords';
import { clock, figure } from '../text/amounts';

/** tunebook runs: what has run here, newest last. */
export const runs: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    { json: { type: 'boolean' }, 'runs-directory': { type: 'string' } },
    { positionals: 1 },
  );
  const folder = path.resolve(context.cwd, positionals[0] ?? '.');
  const directory = runsDirectoryFor(folder, context.cwd, values['runs-directory']);
  const all = await readAll(directory, context);
  if (values.json) for (const run of all) context.stdout.write(`${JSON.stringify(summary(run))}\n`);
  else if (all.length === 0) context.terminal.say(message('Nothing has run in {0} yet.', directory));
  else {
    printTable(
      HEADER,
      all.map((run) => row(run, context)),
      context.terminal,
    );
    const atWork = all.findLast(({ alive }) => alive);
    if (atWork !== undefined) hint(atWork, context);
  }
  return EXIT.done;
};

/** Runs in a row: their logs may be long, and memory is for one. One that may not be read hides none of the others. */
async function readAll(runsDirectory: string, { terminal }: Context): Promise<readonly WatchedRun[]> {
  const found: WatchedRun[] = [];
  for (const id of await runIds(runsDirectory)) {
    const entry = new RunEntry(runsDirectory, id);
    await entry.look(false);
    if (entry.run === null) continue;
    if (entry.run.trouble === null) found.push(entry.run);
    else terminal.problem(terminal.text(message('The run {0} can’t be read: {1}', id, entry.run.trouble)));
  }
  return found;
}

function hint({ directory: runDirectory }: WatchedRun, { terminal, cwd }: Context): void {
  const run = runArgument(runDirectory, cwd);
  terminal.line(terminal.dim(terminal.text(message('Watch it: tunebook attach {0} · end it: tunebook stop {0}', run))));
}

const HEADER: readonly Message[] = [
  message('Run'),
  message('Name'),
  message('State'),
  message('Step'),
  message('Loss'),
  message('Left'),
  message('Time'),
];

function row(run: WatchedRun, { terminal }: Context): string[] {
  const { status, trainStep, totalSteps, loss, etaSeconds, seconds } = summary(run);
  return [
    run.id,
    run.name ?? (run.recipeFile === null ? '–' : recipeName(run.recipeFile)),
    terminal.text(STATUS_WORDS[status]),
    trainStep === null ? '–' : `${trainStep}/${totalSteps ?? '?'}`,
    figure(loss),
    etaSeconds === null ? '–' : clock(etaSeconds),
    seconds === null ? '–' : clock(seconds),
  ];
}

function summary(run: WatchedRun) {
  const { startedAt, lastEventAt } = run;
  const { status, trainStep, totalSteps, loss, etaSeconds, adapter } = run.summary;
  return {
    id: run.id,
    directory: run.directory,
    name: run.name,
    recipeFile: run.recipeFile,
    status,
    trainStep,
    totalSteps,
    loss,
    etaSeconds,
    seconds: startedAt === null || lastEventAt === null ? null : Math.max(0, lastEventAt - startedAt), // the clock may have been set
    adapter,
  };
}
