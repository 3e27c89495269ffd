import { expect, test } from 'vitest';
import { smooth } from '../../../../src/core/run/smooth';

const rounded = (values: Float64Array): number[] => [...values].map((value) => Number(value.toFixed(6)));

test('as by hand: each value weighs `weight` times the one behind it', () => {
  // (0.5·1 + 1·2) / 1.5, (0.25·1 + 0.5·2 + 1·4) / 1.75
  expect(rounded(smooth(new Float64Array([1, 2, 4]), 0.5))).toEqual([1, 1.666667, 3]);
});

test('no weight leaves the values as they are', () => {
  const values = new Float64Array([3, 1, NaN, 2]);
  expect(smooth(values, 0)).toBe(values);
});

test.each([0.1, 0.6, 0.99])('what doesn’t change stays so from its first value on (%f)', (weight) => {
  expect(rounded(smooth(new Float64Array(200).fill(2.5), weight))).toEqual(Array.from({ length: 200 }, () => 2.5));
});

test('lies within what was so far', () => {
  const values = Float64Array.from({ length: 500 }, (_, index) => Math.sin(index * index));
  let [low, high] = [Infinity, -Infinity];
  for (const [index, value] of smooth(values, 0.9).entries()) {
    low = Math.min(low, values[index]!);
    high = Math.max(high, values[index]!);
    expect(value).toBeGreaterThanOrEqual(low - 1e-12);
    expect(value).toBeLessThanOrEqual(high + 1e-12);
  }
});

test('goes on behind what was not measured or no number', () => {
  expect(rounded(smooth(new Float64Array([NaN, 1, NaN, 2, Infinity, 4]), 0.5))).toEqual([
    NaN,
    1,
    NaN,
    1.666667,
    Infinity,
    3,
  ]);
});
