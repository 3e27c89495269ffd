import { expect, test } from 'vitest';
import { CurveBuffer } from '../../../../src/core/run/curveBuffer';
import { curvesCsv } from '../../../../src/core/run/curvesCsv';

test('one row for each run and step; quoted where RFC 4180 asks for it', () => {
  const buffer = new CurveBuffer();
  buffer.insert(0);
  buffer.set('trainStep', 0, 5);
  buffer.set('time', 0, 1_790_000_007.25);
  buffer.set('loss', 0, 0.1 + 0.2);
  buffer.insert(1);
  buffer.set('trainStep', 1, 10);
  buffer.set('time', 1, 1_790_000_009);
  buffer.set('loss', 1, Number.POSITIVE_INFINITY);
  buffer.set('evalLoss', 1, 2e-9);
  buffer.set('memoryBytes', 1, 2_651_070_000);
  const csv = curvesCsv([
    { name: 'the "best", so far', directory: '/runs/a', startedAt: 1_790_000_000, columns: buffer.copyFrom(0) },
    { name: 'later', directory: '/runs/b', startedAt: null, columns: buffer.copyFrom(1) },
  ]);
  expect(csv.split('\r\n')).toEqual([
    'run,directory,step,unix_time,elapsed_seconds,loss,eval_loss,learning_rate,grad_norm,tokens_per_second,memory_bytes',
    '"the ""best"", so far",/runs/a,5,1790000007.25,7.25,0.30000000000000004,,,,,',
    '"the ""best"", so far",/runs/a,10,1790000009,9,NaN,2e-9,,,,2651070000',
    'later,/runs/b,10,1790000009,0,NaN,2e-9,,,,2651070000',
    '',
  ]);
});

test('a clock that was set back: no point is before the one before it', () => {
  const buffer = new CurveBuffer();
  for (const [index, time] of [1000, 1010, 940, 1020].entries()) {
    buffer.insert(index);
    buffer.set('trainStep', index, index + 1);
    buffer.set('time', index, time);
  }
  const csv = curvesCsv([{ name: 'a', directory: '/runs/a', startedAt: 990, columns: buffer.copyFrom(0) }]);
  const rows = csv.trimEnd().split('\r\n').slice(1);
  expect(rows.map((row) => row.split(',').slice(3, 5).join(' '))).toEqual(['1000 10', '1010 20', '940 20', '1020 30']);
});
