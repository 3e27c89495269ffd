// Opening the log of a run of 100,000 steps, as a window or `tunebook attach` does. The peer: JSON.parse of the same lines.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { foldRun } from '../src/core/run/session';
import { readEvents } from '../src/engine/eventReader';
import { EventTail } from '../src/engine/eventTail';
import { readRun } from '../src/engine/runHistory';
import type { TrainerEvent } from '../src/protocol/trainer';
import { longRun } from './longRun';

const directory = mkdtempSync(path.join(tmpdir(), 'tunebook-bench-'));
const file = path.join(directory, 'events.jsonl');
writeFileSync(file, longRun(100_000));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function throughTail(): Promise<readonly TrainerEvent[]> {
  const events: TrainerEvent[] = [];
  const tail = new EventTail(file, (some) => {
    for (const event of some) events.push(event);
  });
  await tail.look();
  tail.dispose();
  return events;
}

describe(`a log of ${(readFileSync(file).length / 1e6).toFixed(1)} MB`, () => {
  bench('peer: JSON.parse of its lines', () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    void lines.map((line) => JSON.parse(line) as unknown);
  });
  bench('its events', async () => void (await readEvents(file)));
  bench('the run (readRun)', async () => void (await readRun(directory)));
  bench('followed from the start and folded (EventTail)', async () => void foldRun(await throughTail()));
});
