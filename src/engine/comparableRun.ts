import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { ComparableRun } from '../core/run/compareRuns';
import { statusOf } from '../core/run/summary';
import { RUN_FILES } from './runDirectory';
import { type PastRun, readRun } from './runHistory';
import { readRunName } from './runName';

export type RunDocuments = Pick<ComparableRun, 'recipeText' | 'config' | 'environment'>;

/** A run with all that its directory tells; null for a folder that is no run. */
export async function readComparableRun(directory: string): Promise<ComparableRun | null> {
  const run = await readRun(directory);
  return run === null ? null : comparableRun(run);
}

export async function comparableRun({ directory, id, state, alive }: PastRun): Promise<ComparableRun> {
  const [name, documents] = await Promise.all([readRunName(directory), readRunDocuments(directory)]);
  return { facts: { directory, name: name ?? id, status: statusOf(state, alive) }, state, ...documents };
}

/** What lies beside the event log. What is missing or damaged is null: the run is compared by the rest. */
export async function readRunDocuments(directory: string): Promise<RunDocuments> {
  const [recipeText, config, environment] = await Promise.all(
    [RUN_FILES.recipe, RUN_FILES.config, RUN_FILES.environment].map((name) => readText(path.join(directory, name))),
  );
  return { recipeText: recipeText ?? null, config: parsed(config), environment: parsed(environment) };
}

function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

function parsed(text: string | null | undefined): unknown {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return value;
  } catch {
    return null;
  }
}
