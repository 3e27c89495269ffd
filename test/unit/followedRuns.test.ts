// What the panel of curves is told, and how often: of run directories that the test writes.
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatMessage } from '../../src/common/message';
import { FollowedRuns, type FollowedRunsOptions } from '../../src/features/curves/followedRuns';
import type { CurvesUpdate, RunComparison } from '../../src/protocol/curvesPanel';

const WAIT = { timeout: 10_000, interval: 20 };
let folder: string;
let runs: FollowedRuns | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tunebook-curves-'));
});
afterEach(async () => {
  runs?.dispose();
  runs = null;
  await rm(folder, { recursive: true });
});

const base = { t: 1_790_000_000, seq: 1, step: 'train' };
const BEGIN = [
  { ...base, type: 'hello', protocol: 1, trainer: 'x', pid: 999_999_999, python: '3', versions: {} },
  { ...base, type: 'stepStarted' },
];
const END = [
  { ...base, type: 'stepFinished', durationMs: 1 },
  { ...base, type: 'bye', reason: 'shutdown' },
];
const measured = { epoch: 1, learningRate: 1e-4, gradNorm: 1, evalLoss: null, tokensPerSecond: 1, memoryBytes: 1 };
const point = (trainStep: number) => ({ ...base, ...measured, type: 'metrics', trainStep, loss: 1, etaSeconds: null });

async function write(name: string, events: readonly object[]): Promise<string> {
  const directory = path.join(folder, name);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'config.json'), JSON.stringify({ recipeFile: `/recipes/${name}.tune.yaml` }));
  await add(directory, events);
  return directory;
}

function add(directory: string, events: readonly object[]): Promise<void> {
  return appendFile(path.join(directory, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

async function follow(directories: readonly string[], options: Partial<FollowedRunsOptions> = {}) {
  const updates: CurvesUpdate[] = [];
  runs = new FollowedRuns({
    say: formatMessage,
    words: { language: 'en', translations: {} },
    tell: async (update) => void updates.push(update),
    compared: () => {},
    isWatched: () => true,
    ...options,
  });
  await runs.follow(directories);
  return { runs, updates };
}

const steps = ({ columns }: CurvesUpdate): number[] => [...columns.trainStep];

test('nothing is told before the panel has asked for the whole', async () => {
  const directory = await write('early', [...BEGIN, point(1)]);
  const { runs: followed, updates } = await follow([directory]);
  await add(directory, [point(2)]);
  await vi.waitFor(() => expect(followed.runs[0]!.facts.trainStep).toBe(2), WAIT);
  expect(updates).toEqual([]);
  expect([...(await followed.picture()).runs[0]!.columns.trainStep]).toEqual([1, 2]);
});

test('a panel that is slow gets one update at a time, with all that came meanwhile', async () => {
  const directory = await write('slow', [...BEGIN, point(1)]);
  const taken: CurvesUpdate[] = [];
  const takers: (() => void)[] = [];
  const { runs: followed } = await follow([directory], {
    tell: async (update) => {
      // facts alone, as of a name that was read
      if (steps(update).length === 0) return;
      taken.push(update);
      await new Promise<void>((resolve) => takers.push(resolve));
    },
  });
  await followed.picture();
  await add(directory, [point(2)]);
  await vi.waitFor(() => expect(taken.map(steps)).toEqual([[2]]), WAIT);
  for (const step of [3, 4, 5]) {
    await add(directory, [point(step)]);
    await vi.waitFor(() => expect(followed.runs[0]!.facts.trainStep).toBe(step), WAIT);
  }
  expect(taken.length).toBe(1);
  takers[0]!();
  await vi.waitFor(() => expect(taken.map(steps)).toEqual([[2], [3, 4, 5]]), WAIT);
  expect(taken[1]!.keep).toBe(2);

  // A page that was hidden meanwhile never takes its last update: the next one begins with the whole.
  expect([...(await followed.picture()).runs[0]!.columns.trainStep]).toEqual([1, 2, 3, 4, 5]);
  await add(directory, [point(6)]);
  await vi.waitFor(() => expect(taken.map(steps).at(-1)).toEqual([6]), WAIT);
});

test('runs are compared again when one of them has come further, not at each step', async () => {
  const one = await write('one', [...BEGIN, point(1), ...END]);
  const two = await write('two', [...BEGIN, point(1)]);
  const comparisons: RunComparison[] = [];
  const { runs: followed } = await follow([one, two], { compared: (comparison) => comparisons.push(comparison) });
  expect((await followed.picture()).comparison).not.toBeNull();
  await add(two, [point(2)]);
  await vi.waitFor(() => expect(followed.runs[1]!.facts.trainStep).toBe(2), WAIT);
  expect(comparisons).toEqual([]);
  await add(two, END);
  await vi.waitFor(() => expect(comparisons.length).toBe(1), WAIT);
  expect(followed.runs[1]!.facts.status).toBe('done');
});

test('a run keeps what was read when others are shown with it; a name of its own comes without its time', async () => {
  const one = await write('one', [...BEGIN, point(1), ...END]);
  const two = await write('two', [...BEGIN, ...END]);
  const { runs: followed } = await follow([one]);
  const [before] = followed.runs;
  await writeFile(path.join(two, 'name.txt'), 'the second\n');
  await followed.follow([two, one]);
  expect(followed.runs[1]).toBe(before);
  expect(followed.runs.map(({ facts }) => facts.name)).toEqual(['the second', expect.stringMatching(/^one · /)]);
  expect(followed.runs[0]!.facts.note).toBe('Nothing was trained in this run.');
  await followed.follow([two]);
  expect(followed.runs.length).toBe(1);
});

test('a folder that was never there says so', async () => {
  const { runs: followed } = await follow([path.join(folder, 'gone')]);
  const [run] = (await followed.picture()).runs;
  expect(run!.facts).toMatchObject({ status: 'lost', name: 'gone', trainStep: null });
  expect(run!.facts.note).toContain('isn’t there any more');
});
