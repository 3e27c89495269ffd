import type { CurvePoint } from '../../protocol/outputs';
import type { EventOf } from '../../protocol/trainer';

/** More than a chart is wide: a long training doesn't make every update of its output longer. */
const MAX_POINTS = 2000;

export interface Curve {
  readonly points: readonly CurvePoint[];
  /** Training steps where a loss or the gradient norm was NaN or infinite. */
  readonly nonFiniteAt: readonly number[];
}

/** The logging points of a training. What is measured at the same step (evaluation comes as an event of its own) is one point. */
export function curveOf(metrics: readonly EventOf<'metrics'>[]): Curve {
  const points = new Map<number, CurvePoint>();
  const nonFiniteAt = new Set<number>();
  for (const event of metrics) {
    const { trainStep, loss, evalLoss, gradNorm, learningRate, tokensPerSecond, memoryBytes } = event;
    if ([loss, evalLoss, gradNorm].some((value) => value !== null && !Number.isFinite(value)))
      nonFiniteAt.add(trainStep);
    const before = points.get(trainStep);
    points.set(trainStep, {
      trainStep,
      loss: finite(loss) ?? before?.loss ?? null,
      evalLoss: finite(evalLoss) ?? before?.evalLoss ?? null,
      learningRate: finite(learningRate) ?? before?.learningRate ?? null,
      gradNorm: finite(gradNorm) ?? before?.gradNorm ?? null,
      tokensPerSecond: finite(tokensPerSecond) ?? before?.tokensPerSecond ?? null,
      memoryBytes: memoryBytes ?? before?.memoryBytes ?? null,
    });
  }
  const sorted = [...points.values()].toSorted((a, b) => a.trainStep - b.trainStep);
  return { points: thinned(sorted), nonFiniteAt: [...nonFiniteAt].toSorted((a, b) => a - b) };
}

export function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

/** Keeps the ends, every evaluation, and of each stretch the highest and the lowest loss: peaks are what people look for. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= MAX_POINTS) return points;
  const size = Math.ceil(points.length / (MAX_POINTS / 2));
  const kept = new Set<CurvePoint>(points.filter((point) => point.evalLoss !== null));
  for (let start = 0; start < points.length; start += size) {
    const stretch = points.slice(start, start + size).toSorted((a, b) => (a.loss ?? 0) - (b.loss ?? 0));
    for (const extreme of [stretch[0], stretch.at(-1)]) if (extreme !== undefined) kept.add(extreme);
  }
  for (const end of [points[0], points.at(-1)]) if (end !== undefined) kept.add(end);
  return points.filter((point) => kept.has(point));
}
