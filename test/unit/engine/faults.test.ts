import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineError } from '../../../src/engine/engineError';
import { liveRuns } from '../../../src/engine/liveRuns';
import { attachTrainer } from '../../../src/engine/python/attach';
import type { TrainerEvent } from '../../../src/protocol/trainer';
import { isThere, start } from './fake';

beforeEach(() => () => vi.unstubAllEnvs());

/** Short, so that what doesn't answer is ended soon. */
const GRACE_MS = 100;

const seen = (events: readonly TrainerEvent[], type: TrainerEvent['type']) =>
  vi.waitFor(() => expect(events.map((event) => event.type)).toContain(type), { timeout: 60_000, interval: 10 });

const usedBytes = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external;

const texts = (events: readonly TrainerEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'log' ? [event.text] : []));

test('300 MB as fast as they come: no event is lost, the host stays awake, and keeps little of it in memory', async () => {
  const { session, events, log, run } = await start('torrent');
  const before = usedBytes();
  let [turns, mostBytes, lines] = [0, 0, 0];
  const timer = setInterval(() => {
    turns++;
    mostBytes = Math.max(mostBytes, usedBytes());
    lines += log.splice(0).length;
  }, 1);
  expect(await run()).toEqual({ kind: 'done' });
  expect(turns).toBeGreaterThan(100);
  await session.shutdown();
  clearInterval(timer);
  expect(texts(events)).toEqual(Array.from({ length: 300 }, (_, index) => String(index)));
  expect(lines + log.length).toBe(300_000);
  expect(mostBytes - before).toBeLessThan(128e6);
});

test('words of another future are passed over, and so are the numbers that they take', async () => {
  const { session, events, log, run } = await start('future');
  expect(await run()).toEqual({ kind: 'done' });
  await session.shutdown();
  expect(events.map(({ type }) => type)).toEqual(['hello', 'stepStarted', 'log', 'stepFinished', 'bye']);
  expect(events.map(({ seq }) => seq)).toEqual([0, 1, 3, 4, 5]);
  expect(texts(events)).toEqual(['after it']);
  expect(log.filter((line) => line.includes('thought'))).toHaveLength(2);
  expect(log).toContain('{"type": "log", "t": "noon", "seq": 5}');
});

describe('a trainer that says nothing', () => {
  test('not even hello: it is stopped, and what was asked of it ends', async () => {
    vi.stubEnv('FAKE_TRAINER', 'mute');
    const { session, events, run } = await start('good');
    const outcome = run();
    await session.stop(GRACE_MS);
    expect(await outcome).toEqual({ kind: 'stopped' });
    expect(events).toEqual([]);
    expect(isThere(session.pid)).toBe(false);
    await session.shutdown();
  });

  test('because it has closed its side and lives: it is stopped', async () => {
    const { session, events, run } = await start('closesStdout');
    const outcome = run();
    await seen(events, 'stepStarted');
    await session.stop(GRACE_MS);
    expect(await outcome).toEqual({ kind: 'stopped' });
    expect(events.at(-1)).toMatchObject({ type: 'stepFailed', failure: { kind: 'interrupted' } });
    expect(isThere(session.pid)).toBe(false);
  });

  test('because it stands still, deaf to signals: it is killed, by whoever has attached too', async () => {
    vi.stubEnv('FAKE_TRAINER', 'attachable');
    const { session, events, run } = await start('halts');
    const outcome = run();
    await seen(events, 'log');
    const attached = await attachTrainer(session.runDirectory);
    await attached.stop(GRACE_MS);
    expect(await outcome).toMatchObject({ kind: 'stopped' });
    expect(await attached.following).toEqual({ kind: 'stopped' });
    expect(isThere(session.pid)).toBe(false);
    attached.dispose();
  });
});

test('a worker that was left with the pipe ends with its trainer', async () => {
  const { session, events, run } = await start('leavesAWriter');
  const outcome = run();
  await seen(events, 'log');
  expect(await outcome).toMatchObject({ kind: 'failed', failure: { kind: 'trainerCrashed', facts: { exitCode: 0 } } });
  expect(await session.exited).toEqual({ code: 0, signal: null });
  // its group is empty once the system has buried it
  await vi.waitFor(() => expect(() => process.kill(-session.pid, 0)).toThrow('ESRCH'), 20_000);
});

test('a trainer of a newer protocol is not attached to, and lives on', async () => {
  vi.stubEnv('FAKE_TRAINER', 'attachable');
  const { session, run } = await start('good');
  expect(await run()).toEqual({ kind: 'done' });
  const file = path.join(session.runDirectory, 'events.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"protocol": 1', '"protocol": 2'));
  const attached = attachTrainer(session.runDirectory);
  await expect(attached).rejects.toThrow(EngineError);
  await expect(attached).rejects.toThrow(/another version of Tunebook \(protocol 2, here 1\)/);
  expect(await run(['lora'])).toEqual({ kind: 'done' });
  expect(await liveRuns(path.dirname(session.runDirectory))).toHaveLength(1);
  await session.shutdown();
});
