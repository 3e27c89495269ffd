import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { RunSeries } from '../../../../src/core/run/series';
import type { EventOf, TrainerEvent } from '../../../../src/protocol/trainer';

const metrics = (trainStep: number, values: Partial<EventOf<'metrics'>> = {}): TrainerEvent => ({
  type: 'metrics',
  t: 100 + trainStep,
  seq: 1,
  step: 'train',
  trainStep,
  epoch: 0,
  loss: null,
  learningRate: null,
  gradNorm: null,
  evalLoss: null,
  tokensPerSecond: null,
  memoryBytes: null,
  etaSeconds: null,
  ...values,
});
const started = (resumedFrom: string | null = null): TrainerEvent => ({
  type: 'trainStarted',
  t: 100,
  seq: 1,
  step: 'train',
  totalSteps: 10,
  epochs: 1,
  rows: 8,
  batchSize: 8,
  gradientAccumulationSteps: 1,
  worldSize: 1,
  resumedFrom,
});
const reduced = (from: number, to: number): TrainerEvent => ({
  type: 'batchSizeReduced',
  t: 101,
  seq: 1,
  step: 'train',
  from,
  to,
});
const checkpoint = (trainStep: number): TrainerEvent => ({
  type: 'checkpointSaved',
  t: 100 + trainStep,
  seq: 1,
  step: 'train',
  trainStep,
  path: `/runs/a/checkpoints/checkpoint-${trainStep}`,
});

function seriesOf(...events: TrainerEvent[]): RunSeries {
  const series = new RunSeries();
  for (const event of events) series.add(event);
  return series;
}
const markersOf = (series: RunSeries): string[] =>
  series.markers.map(({ kind, trainStep, words }) => `${kind} ${trainStep}: ${formatMessage(words)}`);

describe('points', () => {
  test('an evaluation belongs to the point of its step; what was not measured is NaN', () => {
    const { trainStep, loss, evalLoss, time } = seriesOf(
      started(),
      metrics(5, { loss: 2 }),
      metrics(10, { loss: 1 }),
      metrics(10, { evalLoss: 1.5, t: 999 }),
    ).all();
    expect([...trainStep]).toEqual([5, 10]);
    expect([...loss]).toEqual([2, 1]);
    expect([...evalLoss]).toEqual([Number.NaN, 1.5]);
    expect([...time]).toEqual([105, 110]);
  });

  test('what comes late stands at its step', () => {
    const series = seriesOf(metrics(1, { loss: 3 }), metrics(5, { loss: 1 }), metrics(3, { loss: 2 }));
    expect([...series.all().trainStep]).toEqual([1, 3, 5]);
    expect([...series.all().loss]).toEqual([3, 2, 1]);
  });

  test('a hundred thousand keep every value, in arrays that hold nothing else', () => {
    const series = new RunSeries();
    for (let step = 1; step <= 100_000; step++) series.add(metrics(step, { loss: step / 3 }));
    const { loss } = series.all();
    expect(loss.length).toBe(100_000);
    expect(loss.every((value, index) => value === (index + 1) / 3)).toBe(true);
    expect(loss.buffer.byteLength).toBe(loss.byteLength);
  });
});

describe('what is new', () => {
  test('comes once, with the last point again where it got a value more', () => {
    const series = seriesOf(metrics(1, { loss: 3 }), metrics(2, { loss: 2 }));
    expect(series.take()).toMatchObject({ keep: 0, columns: { trainStep: new Float64Array([1, 2]) } });
    expect(series.take()).toMatchObject({ keep: 2, columns: { trainStep: new Float64Array() } });
    series.add(metrics(2, { evalLoss: 2.5 }));
    series.add(metrics(3, { loss: 1 }));
    const { keep, columns } = series.take();
    expect(keep).toBe(1);
    expect([...columns.trainStep]).toEqual([2, 3]);
    expect([...columns.loss]).toEqual([2, 1]);
    expect([...columns.evalLoss]).toEqual([2.5, Number.NaN]);
  });

  test('everything, where a training began again', () => {
    const series = seriesOf(started(), metrics(1, { loss: 3 }), metrics(2, { loss: 2 }));
    series.take();
    series.add(reduced(8, 4));
    series.add(started());
    series.add(metrics(1, { loss: 9 }));
    const { keep, columns } = series.take();
    expect(keep).toBe(0);
    expect([...columns.loss]).toEqual([9]);
  });
});

describe('markers', () => {
  test('an attempt that ran out of memory leaves one where it ended, and its checkpoints', () => {
    const series = seriesOf(
      started(),
      metrics(1, { loss: 3 }),
      metrics(2, { loss: 2 }),
      checkpoint(2),
      reduced(8, 4),
      started(),
      reduced(4, 2),
      started(),
      metrics(2, { loss: 1 }),
      checkpoint(2),
    );
    expect(markersOf(series)).toEqual([
      'batchSizeReduced 0: batch size 4 → 2',
      'checkpoint 2: checkpoint-2',
      'batchSizeReduced 2: batch size 8 → 4',
    ]);
    expect(series.length).toBe(1);
  });

  test('a resumed training begins at its checkpoint, or where its points begin', () => {
    expect(markersOf(seriesOf(started('/runs/a/checkpoints/checkpoint-200'), metrics(210, { loss: 1 })))).toEqual([
      'resumed 200: resumed from checkpoint-200',
    ]);
    expect(markersOf(seriesOf(started('C:\\mine\\best'), metrics(31, { loss: 1 }), metrics(32)))).toEqual([
      'resumed 31: resumed from best',
    ]);
  });

  test('a stretch of NaN is one marker, and Infinity in the curve', () => {
    const series = seriesOf(
      metrics(1, { loss: 1 }),
      metrics(2, { loss: Number.NaN }),
      metrics(2, { evalLoss: 1 }),
      metrics(3, { loss: Number.NaN }),
      metrics(4, { loss: 1, gradNorm: Number.POSITIVE_INFINITY }),
      metrics(5, { loss: Number.NaN }),
    );
    expect(markersOf(series)).toEqual([
      'nonFinite 2: loss is NaN, until step 3',
      'nonFinite 4: gradient norm is Infinity',
      'nonFinite 5: loss is NaN',
    ]);
    expect([...series.all().loss]).toEqual([1, Infinity, Infinity, 1, Infinity]);
  });

  test('a training that is started again forgets the one before', () => {
    const series = seriesOf(
      started(),
      metrics(1, { loss: Number.NaN }),
      checkpoint(1),
      reduced(8, 4),
      { type: 'stepStarted', t: 300, seq: 1, step: 'model' },
      { type: 'stepStarted', t: 500, seq: 1, step: 'train' },
    );
    expect(series.length).toBe(0);
    expect(markersOf(series)).toEqual([]);
    expect(series.trainStartedAt).toBe(500);
  });
});
