import type { ChartDataset, Point } from 'chart.js';
import type { CurvePoint } from '../../../src/protocol/outputs';

export type DataSet = ChartDataset<'line', Point[]>;

/** Loss, eval loss, what stands on the right axis. */
export function lines(): DataSet[] {
  return [
    { data: [], borderWidth: 2, pointRadius: 0, pointHoverRadius: 4, order: 1 },
    { data: [], borderWidth: 2, pointRadius: 3, pointHoverRadius: 4, order: 0 },
    { data: [], borderWidth: 1.5, borderDash: [5, 4], pointRadius: 0, pointHoverRadius: 4, order: 2, yAxisID: 'y2' },
  ];
}

/** Gives a line its points: as a new array, since the decimation loses what is pushed into an old one. */
export function put(set: DataSet | undefined, label: string, data: Point[], shown: boolean): void {
  if (set === undefined) return;
  set.label = label;
  set.data = data;
  set.hidden = !shown;
  // A line through one point is nothing to see.
  if (set.order !== 0) set.pointRadius = data.length === 1 ? 3 : 0;
}

/** Points without a value are left out: between them the line goes straight on. */
export function series(
  points: readonly CurvePoint[],
  value: (point: CurvePoint) => number | null,
): { readonly x: number; readonly y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (const point of points) {
    const y = value(point);
    if (y !== null) found.push({ x: point.trainStep, y });
  }
  return found;
}
