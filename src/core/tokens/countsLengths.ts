import type { LengthBin } from '../../protocol/tokenView';

const WANTED_BINS = 24;
const STEPS = [1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 40, 50];

/** Rows by their number of tokens, not cut; about two dozen bins of one width, without empty ones after the longest row. */
export function lengthBins(lengths: readonly number[]): LengthBin[] {
  if (lengths.length === 0) return [];
  const shortest = lengths.reduce((least, length) => Math.min(least, length), Infinity);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const width = binWidth(longest - shortest + 1);
  const first = Math.floor(shortest / width) * width;
  const rows = Array<number>(Math.floor((longest - first) / width) + 1).fill(0);
  for (const length of lengths) {
    const bin = Math.floor((length - first) / width);
    rows[bin] = (rows[bin] ?? 0) + 1;
  }
  return rows.map((count, index) => ({ from: first + index * width, to: first + (index + 1) * width, rows: count }));
}

/** A width that people can count in. */
function binWidth(range: number): number {
  for (let scale = 1; ; scale *= 50) {
    const width = STEPS.find((step) => step * scale * WANTED_BINS >= range);
    if (width !== undefined) return width * scale;
  }
}
