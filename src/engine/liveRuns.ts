import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { foldRun, type RunState } from '../core/run/session';
import { decodeTrainerLine } from '../protocol/codec';
import type { EventOf, ResolvedRecipe } from '../protocol/trainer';
import { readEvents } from './eventReader';
import { readConfig } from './runConfig';
import { RUN_FILES } from './runDirectory';
import { runIds } from './runHistory';
import { isTrainer } from './trainerAlive';

/** A run whose trainer is there. */
export interface LiveRun {
  readonly directory: string;
  readonly id: string;
  readonly pid: number;
  /** Absolute path of the recipe's file; null where config.json can't be read. */
  readonly recipeFile: string | null;
  /** The last run's; null where config.json can't be read. */
  readonly config: ResolvedRecipe | null;
  readonly state: RunState;
}

/** `hello` is some hundred bytes; packages and their versions are a few thousand. */
const HEAD_BYTES = 64 * 1024;

/**
 * The runs of a folder whose trainers live, oldest first, as far as they fit. Of all others only the first line is read.
 */
export async function liveRuns(
  runsDirectory: string,
  fits: (id: string) => boolean = () => true,
): Promise<readonly LiveRun[]> {
  const ids = (await runIds(runsDirectory)).filter((id) => fits(id));
  const found = await Promise.all(ids.map((id) => liveRun(path.join(runsDirectory, id))));
  return found.filter((run) => run !== null);
}

/** The run of this directory if its trainer lives. */
export async function liveRun(directory: string): Promise<LiveRun | null> {
  const log = path.join(directory, RUN_FILES.events);
  try {
    const hello = await readHello(log);
    if (hello === null || !(await isTrainer(hello.pid, directory))) return null;
    const state = foldRun(await readEvents(log));
    if (state.hello === null || state.bye !== null) return null;
    const config = await readConfig(directory);
    const recipeFile = config?.recipeFile ?? null;
    return { directory, id: path.basename(directory), pid: state.hello.pid, recipeFile, config, state };
  } catch {
    // A directory that may not be read is nobody's run that could be watched.
    return null;
  }
}

/** The first line of a log. Rejects where it can't be read. */
export async function readHello(log: string): Promise<EventOf<'hello'> | null> {
  const handle = await open(log, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
    const [line = ''] = head.toString('utf8', 0, bytesRead).split('\n', 1);
    const decoded = decodeTrainerLine(line);
    return decoded.kind === 'event' && decoded.event.type === 'hello' ? decoded.event : null;
  } finally {
    await handle.close();
  }
}
