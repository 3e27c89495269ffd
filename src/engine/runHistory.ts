import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { parseEventLog } from '../core/run/eventLog';
import { foldRun, type RunState } from '../core/run/session';
import { isPlainObject } from '../protocol/shape';
import { RUN_FILES } from './runDirectory';

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
  const config = await readText(path.join(directory, RUN_FILES.config));
  const log = await readText(path.join(directory, RUN_FILES.events));
  if (config === null && log === null) return null;
  const { events } = parseEventLog(log ?? '');
  const state = foldRun(events);
  const { hello, bye } = state;
  return {
    id: path.basename(directory),
    directory,
    recipeFile: recipeFileOf(config),
    state,
    alive: hello !== null && bye === null && (await isTrainer(hello.pid, directory)),
    startedAt: events[0]?.t ?? null,
    lastEventAt: events.at(-1)?.t ?? null,
  };
}

function recipeFileOf(config: string | null): string | null {
  try {
    const value: unknown = JSON.parse(config ?? 'null');
    return isPlainObject(value) && typeof value['recipeFile'] === 'string' ? value['recipeFile'] : null;
  } catch {
    return null;
  }
}

/** Process ids are used again: where the system tells (Linux), the command line must name the run's directory. */
async function isTrainer(pid: number, directory: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // not allowed to signal it: it is there, and somebody else's
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const command = await readText(`/proc/${pid}/cmdline`);
  if (command !== null) return command.split('\0').some((part) => path.resolve(part) === path.resolve(directory));
  return stat('/proc/self').then(
    () => false,
    () => true,
  );
}

function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  });
}
