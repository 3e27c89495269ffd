import { describe, expect, test } from 'vitest';
import { decimate, GAP } from '../../../../src/core/run/decimate';

const steps = (length: number): Float64Array => Float64Array.from({ length }, (_, index) => index);
const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The same numbers each time. */
function noise(length: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
}

describe('all in view', () => {
  test('a short line is drawn whole', () => {
    expect(decimate(steps(5), noise(5), { ...all, points: 10 })).toEqual([0, 1, 2, 3, 4]);
    expect(decimate(steps(0), steps(0), { ...all, points: 10 })).toEqual([]);
  });

  test.each([1, 2, 3])('a long one keeps its ends, its order and every peak (%i)', (seed) => {
    const y = noise(100_000, seed);
    for (const at of [17, 31_337, 99_998]) y[at] = 5 + at;
    y[50_000] = -7;
    const kept = decimate(steps(y.length), y, { ...all, points: 1200 });
    expect(kept.length).toBeLessThanOrEqual(1202);
    expect(kept.length).toBeGreaterThan(800);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(99_999);
    expect(kept.every((index, place) => place === 0 || index > kept[place - 1]!)).toBe(true);
    expect(kept).toEqual(expect.arrayContaining([17, 31_337, 50_000, 99_998]));
  });

  test('each stretch has its highest and its lowest value', () => {
    const y = noise(9000);
    const kept = new Set(decimate(steps(y.length), y, { ...all, points: 900 }));
    for (let start = 0; start < y.length; start += 30) {
      const stretch = [...y.subarray(start, start + 30)];
      expect(kept.has(start + stretch.indexOf(Math.max(...stretch)))).toBe(true);
      expect(kept.has(start + stretch.indexOf(Math.min(...stretch)))).toBe(true);
    }
  });

  test('a straight line stays straight: nothing is made up', () => {
    const y = steps(1000);
    for (const index of decimate(steps(1000), y, { ...all, points: 50 })) expect(y[index]).toBe(index);
  });
});

describe('what is missing', () => {
  test('the line goes on over what was not measured, and breaks where it was no number', () => {
    const y = new Float64Array([1, NaN, 2, Infinity, Infinity, 3, NaN, Infinity]);
    expect(decimate(steps(8), y, { ...all, points: 20 })).toEqual([0, 2, GAP, 5]);
  });

  test('a break survives thinning out', () => {
    const y = noise(10_000);
    y.fill(Infinity, 4000, 4500);
    const kept = decimate(steps(y.length), y, { ...all, points: 300 });
    const at = kept.indexOf(GAP);
    expect(kept.filter((index) => index === GAP).length).toBe(1);
    expect(kept[at - 1]).toBeLessThan(4000);
    expect(kept[at + 1]).toBeGreaterThanOrEqual(4500);
  });

  test('few values among many points are all drawn', () => {
    const y = new Float64Array(100_000).fill(NaN);
    for (let at = 0; at < y.length; at += 1000) y[at] = at;
    expect(decimate(steps(y.length), y, { ...all, points: 500 }).length).toBe(100);
  });
});

describe('a part in view', () => {
  test('has all its points when they are few, and one neighbour on each side', () => {
    expect(decimate(steps(100_000), noise(100_000), { from: 500, to: 504, points: 100 })).toEqual([
      499, 500, 501, 502, 503, 504, 505,
    ]);
  });

  test('the neighbour is the next that was measured', () => {
    const y = new Float64Array([1, NaN, NaN, 4, NaN, NaN, 7]);
    expect(decimate(steps(7), y, { from: 2, to: 4, points: 100 })).toEqual([0, 3, 6]);
  });

  test('between two points, the line between them is drawn', () => {
    const x = new Float64Array([0, 100]);
    expect(decimate(x, new Float64Array([1, 2]), { from: 40, to: 60, points: 100 })).toEqual([0, 1]);
  });
});
