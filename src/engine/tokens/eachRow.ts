import { setImmediate } from 'node:timers/promises';
import type { EachRow } from '../../core/tokens/exampleRows';

const BREATH_MS = 50;

/** Tells how many rows are done and lets messages in, some times a second. Rejects once the signal is aborted. */
export function eachRow(signal: AbortSignal, tell: (rows: number) => void): EachRow {
  let last = performance.now();
  return (done) => {
    const now = performance.now();
    if (now - last < BREATH_MS) return undefined;
    last = now;
    tell(done);
    return breathe(signal);
  };
}

async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
