import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { RUN_FILES } from './runDirectory';

/** A trainer says hello within a second or two; on a busy machine it may take longer. */
const STARTING_MS = 30_000;

/** Of a run whose trainer has not said hello yet: it may be about to. */
export async function beginsNow(directory: string): Promise<boolean> {
  const made = await stat(path.join(directory, RUN_FILES.config)).catch(() => null);
  return made !== null && Math.abs(Date.now() - made.mtimeMs) < STARTING_MS;
}
