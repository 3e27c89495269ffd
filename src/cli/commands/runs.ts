import * as path from 'node:path';
import { message, type Message } from '../../common/message';
import { recipeName } from '../../core/recipe/resolve';
import { summarise } from '../../core/run/summary';
import { type PastRun, readRun, runIds } from '../../engine/runHistory';
import { readRunName } from '../../engine/runName';
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
  const found = await Promise.all((await runIds(directory)).map((id) => readNamed(path.join(directory, id), context)));
  const all = found.filter((run) => run !== null);
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

/** With the person's own name for it. */
interface NamedRun extends PastRun {
  readonly name: string | null;
}

/** One that may not be read hides none of the others. */
async function readNamed(directory: string, { terminal }: Context): Promise<NamedRun | null> {
  try {
    const run = await readRun(directory);
    return run === null ? null : { ...run, name: await readRunName(directory) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.problem(terminal.text(message('The run {0} can’t be read: {1}', path.basename(directory), reason)));
    return null;
  }
}

function hint({ directory: runDirectory }: PastRun, { terminal, cwd }: Context): void {
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

function row(run: NamedRun, { terminal }: Context): string[] {
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

function summary(run: NamedRun) {
  const { startedAt, lastEventAt } = run;
  const { status, trainStep, totalSteps, loss, etaSeconds, adapter } = summarise(run.state, run.alive);
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
