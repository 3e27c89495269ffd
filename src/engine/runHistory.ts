import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { foldRun, type RunState } from '../core/run/session';
import { readEvents } from './eventReader';
import { readRecipeFile } from './runConfig';
import { RUN_FILES } from './runDirectory';
import { isTrainer } from './trainerAlive';

export interface PastRun {
  readonly id: string;
  readonly directory: string;
  /** Absolute path of the recipe's file; null where config.json can't be read. */
  readonly recipeFile: string | null;
  readonly state: RunState;
  /** Its process is there. */
  readonly alive: boolean;
  /** Seconds since the epoch of the first and the last event. */
  readonly startedAt: number | null;
  readonly lastEventAt: number | null;
}

/** Names of the runs in a folder, oldest first: they begin with the time. None where the folder isn't there. */
export async function runIds(runsDirectory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(runsDirectory, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A run as its directory tells it; null for a folder that is no run. */
export async function readRun(directory: string): Promise<PastRun | null> {
  if (!(await isRun(directory))) return null;
  const events = await readEvents(path.join(directory, RUN_FILES.events));
  const state = foldRun(events);
  const { hello, bye } = state;
  return {
    id: path.basename(directory),
    directory,
    recipeFile: await readRecipeFile(directory),
    state,
    alive: hello !== null && bye === null && (await isTrainer(hello.pid, directory)),
    startedAt: events[0]?.t ?? null,
    lastEventAt: events.at(-1)?.t ?? null,
  };
}

async function isRun(directory: string): Promise<boolean> {
  const there = await Promise.all(
    [RUN_FILES.config, RUN_FILES.events].map((name) => isThere(path.join(directory, name))),
  );
  return there.includes(true);
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
