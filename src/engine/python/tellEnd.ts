import { open, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventOf, TrainerEvent } from '../../protocol/trainer';
import { readEvents } from '../eventReader';
import { RUN_FILES } from '../runDirectory';
import { appendLine } from './appendLine';

const CLAIM = 'ended.lock';
/** Another host writes one line; it may have been killed in between. */
const CLAIM_PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 50;

/**
 * The step that was at work can't say any more how it ended: a host does, in the run's own log. Several may watch: the first
 * writes, the others take its word. Returns the event that counts. That nothing can be written (a full disk, a deleted run) is
 * borne: whoever listens hears it, and a run without an end is known as one.
 */
export async function tellEnd(runDirectory: string, event: EventOf<'stepFailed'>): Promise<EventOf<'stepFailed'>> {
  const release = await claim(path.join(runDirectory, CLAIM));
  try {
    const log = path.join(runDirectory, RUN_FILES.events);
    const told = endOf(await readEvents(log).catch(() => []), event.step);
    if (told !== null) return told;
    await appendLine(log, JSON.stringify(event));
    return event;
  } finally {
    await release();
  }
}

/** How the step that was begun last has failed by the log. */
function endOf(events: readonly TrainerEvent[], step: EventOf<'stepFailed'>['step']): EventOf<'stepFailed'> | null {
  const last = events.findLast((event) => event.type === 'stepStarted' || event.type === 'stepFailed');
  return last?.type === 'stepFailed' && last.step === step ? last : null;
}

/** One host at a time. */
async function claim(file: string): Promise<() => Promise<void>> {
  for (let waitedMs = 0; waitedMs < CLAIM_PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    try {
      const handle = await open(file, 'wx');
      await handle.close();
      break;
    } catch (error) {
      const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!exists) return async () => {};
      await wait(LOOK_EVERY_MS);
    }
  }
  return () => rm(file, { force: true }).catch(() => {});
}
