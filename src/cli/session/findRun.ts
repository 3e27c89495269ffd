import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { nearest } from '../../common/nearest';
import { type LiveRun, liveRuns } from '../../engine/liveRuns';
import { beginsNow } from '../../engine/runBegins';
import { RUN_FILES } from '../../engine/runDirectory';
import { runIds } from '../../engine/runHistory';
import { readRunName } from '../../engine/runName';
import type { Context } from '../context';
import { runsDirectoryFor } from '../runsDirectory';
import { badUsage, Stopped } from '../stopped';

export interface RunQuestion {
  /** Its id, the name that a person gave it, or its directory; undefined: the newest that is at work. */
  readonly run: string | undefined;
  readonly runsDirectory: string | undefined;
}

/** The directory of the run that is meant. */
export async function findRun(question: RunQuestion, context: Context): Promise<string> {
  const { cwd } = context;
  const runsDirectory = runsDirectoryFor(cwd, cwd, question.runsDirectory);
  if (question.run === undefined) return newest(await liveRuns(runsDirectory), runsDirectory, context);
  const given = path.resolve(cwd, question.run);
  for (const directory of [path.join(runsDirectory, question.run), given]) if (await isRun(directory)) return directory;
  const named = await runCalled(question.run, runsDirectory);
  if (named !== null) return named;
  const near = await nearestRun(question.run, runsDirectory);
  throw badUsage(
    message('There is no run {0} in {1}.', question.run, runsDirectory),
    near === null ? message('List them with: tunebook runs') : message('Did you mean {0}?', near),
  );
}

async function newest(live: readonly LiveRun[], runsDirectory: string, { terminal }: Context): Promise<string> {
  const last = live.at(-1);
  const begun = (await runIds(runsDirectory)).at(-1);
  if (last?.id !== begun && begun !== undefined && (await isAboutToSpeak(path.join(runsDirectory, begun))))
    return path.join(runsDirectory, begun);
  if (last === undefined)
    throw new Stopped(message('No run is at work in {0}.', runsDirectory), {
      remedy: message('List what has run with: tunebook runs'),
    });
  if (live.length > 1) {
    const others = live.slice(0, -1).map(({ id }) => id);
    terminal.problem(terminal.text(message('The newest is taken, {0}; also at work: {1}', last.id, others.join(', '))));
  }
  return last.directory;
}

/** Started a moment ago: its log is still empty. */
async function isAboutToSpeak(directory: string): Promise<boolean> {
  const { size } = await stat(path.join(directory, RUN_FILES.events)).catch(() => ({ size: 0 }));
  return size === 0 && beginsNow(directory);
}

async function isRun(directory: string): Promise<boolean> {
  for (const name of [RUN_FILES.events, RUN_FILES.config])
    if (
      await stat(path.join(directory, name)).then(
        () => true,
        () => false,
      )
    )
      return true;
  return false;
}

/** By how it is written: an id or a name that was meant. Ids begin with the time, so the newest comes first. */
async function nearestRun(written: string, runsDirectory: string): Promise<string | null> {
  const ids = (await runIds(runsDirectory)).toReversed();
  const names = await Promise.all(ids.map((id) => readRunName(path.join(runsDirectory, id))));
  const part = written.length < 3 ? undefined : ids.find((id) => id.includes(written));
  return part ?? nearest(written, [...ids, ...names.filter((name) => name !== null)]);
}

/** The newest of that name. */
async function runCalled(name: string, runsDirectory: string): Promise<string | null> {
  for (const id of (await runIds(runsDirectory)).toReversed()) {
    const directory = path.join(runsDirectory, id);
    if ((await readRunName(directory)) === name) return directory;
  }
  return null;
}
