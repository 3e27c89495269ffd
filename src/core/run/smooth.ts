/**
 * The exponential moving average that TensorBoard draws (vz_line_chart2, `resmoothDataset`), corrected for its beginning at zero.
 * What wasn't measured (NaN) or is no finite number stays so, and the average goes on behind it. weight: 0 (none) to 0.999.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  const smoothed = new Float64Array(values.length);
  let average = 0;
  /** weight ** how many were averaged: what is still missing to a whole weight. */
  let missing = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      smoothed[index] = value;
      continue;
    }
    average = average * weight + (1 - weight) * value;
    missing *= weight;
    smoothed[index] = average / (1 - missing);
  }
  return smoothed;
}
