// A long training: 100,000 logging points folded into the state that editor and terminal show, and drawn as a curve.
import { bench, describe } from 'vitest';
import { curveOf } from '../src/core/run/curve';
import { parseEventLog } from '../src/core/run/eventLog';
import { foldRun, initialRun, reduceRun } from '../src/core/run/session';
import { pointOf } from './longRun';

const POINTS = 100_000;
const metrics = Array.from({ length: POINTS }, (_, index) => pointOf(index, POINTS));
const started = { type: 'stepStarted', t: 1_700_000_000, seq: 0, step: 'train' } as const;
const tenth = metrics.slice(0, POINTS / 10);
const log = [started, ...tenth].map((event) => `${JSON.stringify(event)}\n`).join('');

describe('a long run', () => {
  bench(`following ${tenth.length} events`, () => void [started, ...tenth].reduce(reduceRun, initialRun));
  bench(`folding ${POINTS} events at once`, () => void foldRun([started, ...metrics]));
  bench(`its curve of ${POINTS} points`, () => void curveOf(metrics));
  bench(`reading its log of ${(log.length / 1e6).toFixed(1)} MB`, () => void parseEventLog(log));
});
