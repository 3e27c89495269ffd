/** Rows whose length is in from ≤ length < to. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const MOST_BINS = 30;
const STEPS = [1, 2, 3, 4, 5, 8];

/** Equal bins with round borders from 0 to the longest row, and to `limit` where that is near enough to be seen. */
export function bins(lengths: readonly number[], limit: number | null): Bin[] {
  const longest = lengths.reduce((a, b) => Math.max(a, b), 1);
  // A limit far beyond the data would squeeze it into one corner.
  const end = limit !== null && limit <= longest * 2 ? Math.max(longest + 1, limit + 1) : longest + 1;
  const width = roundUp(end / MOST_BINS);
  const counts = Array.from({ length: Math.ceil(end / width) }, () => 0);
  for (const length of lengths) {
    const index = Math.floor(length / width);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ from: index * width, to: (index + 1) * width, count }));
}

/** The next of 1, 2, 3, 4, 5, 8, 10, 20, 30, … */
function roundUp(value: number): number {
  for (let power = 1; ; power *= 10) {
    const found = STEPS.map((step) => step * power).find((step) => step >= value);
    if (found !== undefined) return found;
  }
}
