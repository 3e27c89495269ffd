/** Which points of a line are drawn: the indices of its x and y, in order; GAP where the line is broken. */
export const GAP = -1;

/** What of a line is looked at. */
export interface Visible {
  readonly from: number;
  readonly to: number;
  /** About how many points may be drawn: twice as many as there are pixels leave nothing to see out. */
  readonly points: number;
}

/**
 * Thins a line out for its visible part. Of each stretch there stay the highest and the lowest value, since peaks are what people
 * look for, and the point that forms the largest triangle with its neighbours (LTTB, Steinarsson 2013), which keeps the shape.
 * NaN in y: not measured, the line goes straight on. Infinity: the line is broken. The points next to the visible part on either
 * side stay too, so that the line runs out of the picture. x must not fall.
 */
export function decimate(x: Float64Array, y: Float64Array, { from, to, points }: Visible): number[] {
  const drawn = measured(y, lastBefore(x, y, from), firstAfter(x, y, to));
  if (drawn.length <= points) return drawn;
  const size = (drawn.length * 3) / Math.max(3, points);
  const kept: number[] = [];
  let start = 0;
  for (let bucket = 1; start < drawn.length; bucket++) {
    const end = Math.min(drawn.length, Math.max(start + 1, Math.round(bucket * size)));
    const first = start === 0;
    const last = end === drawn.length;
    keepOf(drawn, start, end, { x, y, kept, first, last });
    start = end;
  }
  return kept;
}

/** The indices with a value between two of them, and one GAP for each break. */
function measured(y: Float64Array, start: number, end: number): number[] {
  const found: number[] = [];
  for (let index = start; index <= end; index++) {
    const value = y[index] ?? Number.NaN;
    if (Number.isFinite(value)) found.push(index);
    else if (!Number.isNaN(value) && found.length > 0 && found.at(-1) !== GAP) found.push(GAP);
  }
  if (found.at(-1) === GAP) found.pop();
  return found;
}

interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly kept: number[];
  readonly first: boolean;
  readonly last: boolean;
}

function keepOf(drawn: readonly number[], start: number, end: number, { x, y, kept, first, last }: Line): void {
  const before = kept.at(-1) ?? GAP;
  const next = drawn[end] ?? drawn[end - 1] ?? GAP;
  const hasCorner = before !== GAP && next !== GAP;
  const [ax, ay, cx, cy] = [x[before] ?? 0, y[before] ?? 0, x[next] ?? 0, y[next] ?? 0];
  let [lowest, highest, corner, gap] = [GAP, GAP, GAP, GAP];
  let [low, high, area] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1];
  for (let position = start; position < end; position++) {
    const index = drawn[position] ?? GAP;
    if (index === GAP) {
      gap = position;
      continue;
    }
    const value = y[index] ?? 0;
    if (value < low) [lowest, low] = [position, value];
    if (value > high) [highest, high] = [position, value];
    if (!hasCorner) continue;
    const triangle = Math.abs((ax - cx) * (value - ay) - (ax - (x[index] ?? 0)) * (cy - ay));
    if (triangle > area) [corner, area] = [position, triangle];
  }
  const chosen = new Set([lowest, highest, corner, gap, first ? start : GAP, last ? end - 1 : GAP]);
  chosen.delete(GAP);
  for (const position of [...chosen].toSorted((one, other) => one - other)) kept.push(drawn[position] ?? GAP);
}

/** The last index with a value whose x is smaller than `from`; 0 without. */
function lastBefore(x: Float64Array, y: Float64Array, from: number): number {
  let index = firstNotBelow(x, from) - 1;
  while (index > 0 && Number.isNaN(y[index] ?? Number.NaN)) index--;
  return Math.max(0, index);
}

/** The first index with a value whose x is greater than `to`; the last one without. */
function firstAfter(x: Float64Array, y: Float64Array, to: number): number {
  let index = firstNotBelow(x, to);
  while (index < x.length && (Number.isNaN(y[index] ?? Number.NaN) || (x[index] ?? 0) <= to)) index++;
  return Math.min(x.length - 1, index);
}

/** The first index whose x is `value` or more. */
export function firstNotBelow(x: Float64Array, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
