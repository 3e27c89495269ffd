/** Kernels like lengths that are a multiple of this. */
const STEP = 64;

/** The shortest max_length that leaves this part of the rows whole; null without rows. */
export function lengthKeeping(lengths: readonly number[] | null, part: number): number | null {
  if (lengths === null || lengths.length === 0) return null;
  const sorted = lengths.toSorted((a, b) => a - b);
  const longest = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0;
  return Math.max(STEP, Math.ceil(longest / STEP) * STEP);
}
