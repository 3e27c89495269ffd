import { firstNotBelow } from '../../src/core/run/decimate';
import { CURVES, type CurveName } from '../../src/protocol/curvesPanel';
import type { XAxis } from './choices';
import type { PanelRun } from './panelRun';

/** What a run had measured at a place. */
export interface Readout {
  /** Index of the point; null for a run that has none there: it began later, or had ended. */
  readonly index: number | null;
  readonly trainStep: number | null;
  /** As measured last up to there; null where nothing was. */
  readonly values: Readonly<Record<CurveName, number | null>>;
}

/** x: a place on the axis; null: the end. */
export function readoutAt(run: PanelRun, xAxis: XAxis, x: number | null): Readout {
  const index = run.length === 0 ? null : x === null ? run.length - 1 : indexAt(run.x(xAxis), x);
  const value = (curve: CurveName): number | null =>
    index === null || !run.has(curve) ? null : lastMeasured(run.columns[curve], index);
  return {
    index,
    trainStep: index === null ? null : (run.columns.trainStep[index] ?? null),
    values: {
      loss: value('loss'),
      evalLoss: value('evalLoss'),
      learningRate: value('learningRate'),
      gradNorm: value('gradNorm'),
      tokensPerSecond: value('tokensPerSecond'),
      memoryBytes: value('memoryBytes'),
    },
  };
}

/** The nearest point; null further from the ends than points are apart there. */
function indexAt(x: Float64Array, value: number): number | null {
  const [first = 0, second = first] = x;
  const last = x.at(-1) ?? 0;
  const before = x.at(-2) ?? last;
  const isOutside = value < first - (second - first) || value > last + (last - before);
  return isOutside ? null : nearestIndex(x, value);
}

/** x must not be empty. */
export function nearestIndex(x: Float64Array, value: number): number {
  const after = Math.min(x.length - 1, firstNotBelow(x, value));
  const before = Math.max(0, after - 1);
  return Math.abs((x[before] ?? 0) - value) <= Math.abs((x[after] ?? 0) - value) ? before : after;
}

/** Not finite too: that is worth knowing. Looks back as far as an evaluation may be away. */
function lastMeasured(values: Float64Array, index: number): number | null {
  for (let at = index; at >= 0; at--) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isNaN(value)) return value;
  }
  return null;
}

/** Which curves any of these runs has. */
export function measuredCurves(runs: readonly PanelRun[]): ReadonlySet<CurveName> {
  return new Set(CURVES.filter((curve) => runs.some((run) => run.has(curve))));
}
