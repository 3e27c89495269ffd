// A long training: 100,000 logging points folded into the state that editor and terminal show, and drawn as a curve.
import { bench, describe } from 'vitest';
import { curveOf } from '../src/core/run/curve';
import { parseEventLog } from '../src/core/run/eventLog';
import { foldRun, initialRun, reduceRun } from '../src/core/run/session';
import type { EventOf } from '../src/protocol/trainer';

const POINTS = 100_000;
const metrics = Array.from({ length: POINTS }, (_, index): EventOf<'metrics'> => ({
  type: 'metrics',
  t: 1_700_000_000 + index,
  seq: index + 1,
  step: 'train',
  trainStep: index + 1,
  epoch: (10 * index) / POINTS,
  loss: 3 * Math.exp(-index / 20_000) + 0.1 * Math.sin(index),
  learningRate: 3e-4 * (1 - index / POINTS),
  gradNorm: 1,
  evalLoss: index % 100 === 0 ? 1 : null,
  tokensPerSecond: 3000,
  memoryBytes: 2_651_070_000,
  etaSeconds: POINTS - index,
}));
const started = { type: 'stepStarted', t: 1_700_000_000, seq: 0, step: 'train' } as const;
const tenth = metrics.slice(0, POINTS / 10);
const log = [started, ...tenth].map((event) => `${JSON.stringify(event)}\n`).join('');

describe('a long run', () => {
  bench(`following ${tenth.length} events`, () => void [started, ...tenth].reduce(reduceRun, initialRun));
  bench(`folding ${POINTS} events at once`, () => void foldRun([started, ...metrics]));
  bench(`its curve of ${POINTS} points`, () => void curveOf(metrics));
  bench(`reading its log of ${(log.length / 1e6).toFixed(1)} MB`, () => void parseEventLog(log));
});
