// The curves of a long training: what the panel does with 100,000 points of six curves when a part of them is looked at.
import { bench, describe } from 'vitest';
import { decimate } from '../src/core/run/decimate';
import { RunSeries } from '../src/core/run/series';
import { smooth } from '../src/core/run/smooth';
import { CURVES } from '../src/protocol/curvesPanel';
import { pointOf } from './longRun';

const POINTS = 100_000;
/** A wide chart's. */
const DRAWN = 2400;
const metrics = Array.from({ length: POINTS }, (_, index) => pointOf(index, POINTS));
const series = new RunSeries();
for (const event of metrics) series.add(event);
const { trainStep, ...curves } = series.all();

describe(`${POINTS} points`, () => {
  bench('made of their events', () => {
    const made = new RunSeries();
    for (const event of metrics) made.add(event);
  });
  const [first] = metrics;
  bench('one more point told', () => {
    if (first === undefined) return;
    series.add({ ...first, trainStep: (series.trainStep ?? 0) + 1 });
    series.take();
  });
  bench('six curves thinned out for a chart', () => {
    for (const curve of CURVES) decimate(trainStep, curves[curve], { from: 0, to: POINTS, points: DRAWN });
  });
  bench('six curves thinned out, a tenth of them in view', () => {
    for (const curve of CURVES) decimate(trainStep, curves[curve], { from: 45_000, to: 55_000, points: DRAWN });
  });
  bench('three curves smoothed', () => {
    for (const curve of ['loss', 'gradNorm', 'tokensPerSecond'] as const) smooth(curves[curve], 0.6);
  });
});
