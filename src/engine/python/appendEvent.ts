import { open } from 'node:fs/promises';
import type { TrainerEvent } from '../../protocol/trainer';

/**
 * Adds an event to the log of a trainer that has ended. A killed one may have left half a line, which stays a line of its
 * own. That the event can't be written (a full disk) is borne: whoever listens hears it, and a run without an end is
 * known as one.
 */
export async function appendEvent(file: string, event: TrainerEvent): Promise<void> {
  try {
    const log = await open(file, 'a+');
    try {
      const { size } = await log.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await log.read(last, 0, 1, size - 1);
      const start = size === 0 || last[0] === 0x0a ? '' : '\n';
      await log.appendFile(`${start}${JSON.stringify(event)}\n`);
    } finally {
      await log.close();
    }
  } catch {
    // see above
  }
}
