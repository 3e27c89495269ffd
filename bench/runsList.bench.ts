// The list of runs of a folder that has been used for a year: 500 runs, each with a curve of 2,000 points.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { RunsWatch } from '../src/engine/runsWatch';

const RUNS = 500;
const POINTS = 2000;
const events = [
  { type: 'hello', protocol: 1, trainer: 'x', pid: 999_999_999, python: '3', versions: {} },
  { type: 'stepStarted', step: 'train' },
  ...Array.from({ length: POINTS }, (_, index) => ({
    type: 'metrics',
    step: 'train',
    trainStep: index + 1,
    epoch: index / POINTS,
    loss: 3 * Math.exp(-index / 400),
    learningRate: 3e-4,
    gradNorm: 1,
    evalLoss: null,
    tokensPerSecond: 3000,
    memoryBytes: 2_651_070_000,
    etaSeconds: POINTS - index,
  })),
  { type: 'stepFinished', step: 'train', durationMs: 1 },
  { type: 'bye', reason: 'shutdown' },
];
const log = events.map((event, seq) => `${JSON.stringify({ ...event, t: 1_700_000_000 + seq, seq })}\n`).join('');
const folder = mkdtempSync(path.join(tmpdir(), 'tunebook-bench-'));
for (let index = 0; index < RUNS; index++) {
  const directory = path.join(folder, `run-${index}`);
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'config.json'), JSON.stringify({ recipeFile: '/x/yoda.tune.yaml' }));
  writeFileSync(path.join(directory, 'events.jsonl'), log);
}
const known = new RunsWatch(folder);
await known.look();

describe(`${RUNS} runs, ${((log.length * RUNS) / 1e6).toFixed(0)} MB of logs`, () => {
  afterAll(() => {
    known.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  bench(
    'listed for the first time',
    async () => {
      const watch = new RunsWatch(folder);
      await watch.look();
      watch.dispose();
    },
    { iterations: 2, warmupIterations: 0, time: 0, warmupTime: 0 },
  );
  bench(
    'looked through for what lives',
    async () => {
      const watch = new RunsWatch(folder);
      await watch.lookAgain();
      watch.dispose();
    },
    { iterations: 5, time: 0 },
  );
  bench('looked at again', () => known.look(), { iterations: 10, time: 0 });
});
