import * as path from 'node:path';
import { message } from '../../common/message';
import type { ComparableRun } from '../../core/run/compareRuns';
import { readComparableRun } from '../../engine/comparableRun';
import { runIds } from '../../engine/runHistory';
import type { Context } from '../context';
import { runsDirectoryFor } from '../runsDirectory';
import { badUsage, Stopped } from '../stopped';
import { findRun } from './findRun';

/** The runs of these names, in their order; without any the two newest that have trained, the older one first. */
export async function pickRuns(
  names: readonly string[],
  runsDirectory: string | undefined,
  context: Context,
): Promise<readonly ComparableRun[]> {
  if (names.length === 0) return newestTwo(runsDirectoryFor(context.cwd, context.cwd, runsDirectory));
  if (names.length === 1)
    throw badUsage(
      message('One run alone can’t be compared.'),
      message('Name two or more; or none, for the two newest that have trained.'),
    );
  const runs: ComparableRun[] = [];
  for (const name of names) {
    const directory = await findRun({ run: name, runsDirectory }, context);
    const twice = runs.find(({ facts }) => facts.directory === directory);
    if (twice !== undefined)
      throw badUsage(message('{0} and {1} are the same run.', twice.facts.name, name), message('Name each run once.'));
    const run = await readComparableRun(directory);
    if (run !== null) runs.push(run);
  }
  return runs;
}

async function newestTwo(runsDirectory: string): Promise<readonly ComparableRun[]> {
  const runs: ComparableRun[] = [];
  for (const id of (await runIds(runsDirectory)).toReversed()) {
    const run = await readComparableRun(path.join(runsDirectory, id));
    if (run !== null && hasTrained(run)) runs.unshift(run);
    if (runs.length === 2) return runs;
  }
  throw new Stopped(message('Fewer than two trainings have ended in {0}.', runsDirectory), {
    remedy: message('List what has run with: tunebook runs'),
  });
}

/** Of a run that still trains nobody knows yet what it comes to: whoever wants to see it beside others names it. */
function hasTrained({ facts: { status }, state }: ComparableRun): boolean {
  return status !== 'running' && (state.steps.train?.metrics.length ?? 0) > 0;
}
