import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, test, vi } from 'vitest';
import { parseEventLog } from '../../src/core/run/eventLog';
import { foldRun } from '../../src/core/run/session';
import { STEPS, type TrainerEvent } from '../../src/protocol/trainer';
import { buildCli, run, sampleFolder, start, trainersBelow } from './cli';

const ROUNDS = 3;
const WATCHERS = 3;
const RECIPE = 'yoda.tune.yaml';
const SHORT = ['--set', 'max_steps=24', '--set', 'logging_steps=1', '--set', 'generate.modes=[greedy]'];
/** Events of such a run until its training is over, and how long the longest pauses between them are. */
const EVENTS = 55;
const PAUSE_MS = 300;

const seed = Number(process.env['TUNEBOOK_KILL_SEED'] ?? Math.floor(Math.random() * 1e6));

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function chance(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

beforeAll(buildCli);

/** What the runs of this folder have told; none where no run has begun. */
function logOf(folder: string): readonly TrainerEvent[] {
  const [file] = logFiles(folder);
  return file === undefined ? [] : parseEventLog(readFileSync(file, 'utf8')).events;
}

function logFiles(folder: string): readonly string[] {
  const runs = path.join(folder, '.tunebook', 'runs');
  const files = existsSync(runs) ? readdirSync(runs).map((id) => path.join(runs, id, 'events.jsonl')) : [];
  return files.filter((file) => existsSync(file));
}

/** Kills a command line a moment after its run has told so many events, or when it has ended. */
async function killAt(args: readonly string[], folder: string, events: number, delayMs: number): Promise<void> {
  const { child, ended } = start(args, folder);
  let over = false;
  void ended.then(() => (over = true));
  await vi.waitUntil(() => over || logOf(folder).length >= events, { timeout: 100_000, interval: 20 });
  await wait(delayMs);
  child.kill('SIGKILL');
  await ended;
}

/** One run: its command line is killed, then others that watch it. */
async function expectSurvived(folder: string, random: () => number, round: number): Promise<void> {
  // one in each part of the run: the first may come before there is a trainer
  const first = Math.floor(((round + random()) / ROUNDS) * EVENTS);
  await killAt(['train', RECIPE, '--json', ...SHORT], folder, first, random() * (first === 0 ? 1000 : PAUSE_MS));
  const begun = logOf(folder).some(({ type }) => type === 'runStarted');
  if (begun)
    for (let watcher = 0; watcher < WATCHERS; watcher++) {
      const from = logOf(folder).length;
      const at = from + Math.floor(random() * Math.max(1, EVENTS - from));
      await killAt(['attach', '--json'], folder, at, random() * PAUSE_MS);
    }
  const told = await run(['attach', '--json'], folder);
  // without host and without work it ends by itself
  await vi.waitUntil(() => trainersBelow(folder).length === 0, { timeout: 100_000, interval: 100 });
  const log = logOf(folder);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
  if (!begun && !log.some(({ type }) => type === 'runStarted')) return;
  expect(log.at(-1)).toMatchObject({ type: 'bye', reason: 'stdinClosed' });
  const { steps } = foldRun(log);
  expect(STEPS.map((step) => steps[step]?.status)).toEqual(STEPS.map(() => 'done'));
  expect(existsSync(path.join(folder, 'adapter', 'adapter_model.safetensors'))).toBe(true);
  const seen = parseEventLog(told.out).events;
  expect(seen).toEqual(log.slice(0, seen.length));
  expect(seen.at(-1)?.type).toMatch(/^(runFinished|bye)$/);
}

test.concurrent(`command lines killed at random moments leave their runs to go on (TUNEBOOK_KILL_SEED=${seed})`, async ({
  onTestFinished,
}) => {
  const folders = Array.from({ length: ROUNDS }, () => {
    const { folder, remove } = sampleFolder();
    onTestFinished(remove);
    return folder;
  });
  await Promise.all(folders.map((folder, round) => expectSurvived(folder, chance(seed + round), round)));
}, 300_000);

test.concurrent('where no command can be written, stop is a signal, and a checkpoint is saved all the same', async ({
  onTestFinished,
}) => {
  const { folder, remove } = sampleFolder();
  onTestFinished(remove);
  const long = ['--steps', '..train', '--set', 'max_steps=2000', '--set', 'logging_steps=1'];
  await run(['train', RECIPE, '--detach', ...long], folder);
  await vi.waitUntil(() => logOf(folder).some(({ type }) => type === 'metrics'), { timeout: 100_000, interval: 100 });
  // a folder where commands go: not even root can write there
  mkdirSync(path.join(path.dirname(logFiles(folder)[0]!), 'commands.jsonl'));
  const stopped = await run(['stop'], folder);
  expect(stopped.code, stopped.err).toBe(0);
  const checkpoint = /To go on from (\S+):/.exec(stopped.out)?.[1];
  expect(existsSync(path.join(checkpoint!, 'trainer_state.json'))).toBe(true);
  expect(logOf(folder).at(-1)).toMatchObject({ type: 'bye', reason: 'signal' });
  expect(trainersBelow(folder)).toEqual([]);
});
