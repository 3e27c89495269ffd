import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { parseEventLog } from '../../../src/core/run/eventLog';
import { statusOf } from '../../../src/core/run/summary';
import { readRun } from '../../../src/engine/runHistory';
import { start } from './fake';

async function statusIn(directory: string) {
  const { state, alive } = (await readRun(directory))!;
  return statusOf(state, alive);
}

const logOf = (runDirectory: string): string => readFileSync(path.join(runDirectory, 'events.jsonl'), 'utf8');

test('what a dead trainer could not say is told to listeners and stands in the run’s log', async () => {
  const { session, events, run } = await start('exit');
  await run(['model']);
  await session.exited;
  const last = events.at(-1);
  expect(last).toMatchObject({ type: 'stepFailed', step: 'model', failure: { kind: 'trainerCrashed' } });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  expect(parseEventLog(logOf(session.runDirectory)).events).toEqual([last]);
  expect(await statusIn(session.runDirectory)).toBe('failed');
});

test('half a line that it left stays apart', async () => {
  const { session, run } = await start('exit');
  const half = '{"type":"progress","t":1,"seq":9';
  writeFileSync(path.join(session.runDirectory, 'events.jsonl'), half);
  await run(['model']);
  await session.exited;
  const { events, noise, cut } = parseEventLog(logOf(session.runDirectory));
  expect(events.map(({ type }) => type)).toEqual(['stepFailed']);
  expect(noise.map(({ text }) => text)).toEqual([half]);
  expect(cut).toBe(false);
});

test('one that had to be ended after a stop counts as stopped, not as crashed', async () => {
  const { session, events, run } = await start('deaf');
  const outcome = run(['model']);
  await vi.waitFor(() => expect(events.at(-1)?.type).toBe('stepStarted'), 60_000);
  await session.stop(100);
  expect(await outcome).toEqual({ kind: 'stopped' });
  expect(events.at(-1)).toMatchObject({ type: 'stepFailed', step: 'model', failure: { kind: 'interrupted' } });
  expect(await statusIn(session.runDirectory)).toBe('stopped');
});

test('shutting down in the middle of a step stops it first', async () => {
  const { session, events, run } = await start('stops');
  const outcome = run(['model']);
  await session.shutdown();
  expect(await outcome).toEqual({ kind: 'stopped' });
  expect(events.at(-1)).toMatchObject({ type: 'bye', reason: 'shutdown' });
  expect(await session.exited).toEqual({ code: 0, signal: null });
});
