import { CurveBuffer } from '../../src/core/run/curveBuffer';
import { smooth } from '../../src/core/run/smooth';
import type { CurveColumns, CurveName, CurveRun, CurveRunFacts, CurvesUpdate } from '../../src/protocol/curvesPanel';
import type { XAxis } from './choices';

/** One run as the panel has it. What is reckoned from its points is kept until they change. */
export class PanelRun {
  readonly #points = new CurveBuffer();
  readonly #smoothed = new Map<CurveName, { readonly weight: number; readonly values: Float64Array }>();
  readonly #measured = new Map<CurveName, boolean>();
  #facts: CurveRunFacts;
  #columns: CurveColumns;
  #elapsed: Float64Array | null = null;

  constructor({ facts, columns }: CurveRun) {
    this.#facts = facts;
    this.#points.replaceFrom(0, columns);
    this.#columns = this.#points.view();
  }

  get facts(): CurveRunFacts {
    return this.#facts;
  }

  get columns(): CurveColumns {
    return this.#columns;
  }

  get length(): number {
    return this.#points.length;
  }

  update({ facts, keep, columns }: CurvesUpdate): void {
    this.#elapsed = facts.trainStartedAt === this.#facts.trainStartedAt ? this.#elapsed : null;
    this.#facts = facts;
    if (columns.trainStep.length === 0 && keep === this.length) return;
    this.#points.replaceFrom(keep, columns);
    this.#columns = this.#points.view();
    this.#smoothed.clear();
    this.#measured.clear();
    this.#elapsed = null;
  }

  x(axis: XAxis): Float64Array {
    if (axis === 'step') return this.#columns.trainStep;
    return (this.#elapsed ??= elapsedOf(this.#columns.time, this.#facts.trainStartedAt));
  }

  smoothed(curve: CurveName, weight: number): Float64Array {
    const known = this.#smoothed.get(curve);
    if (known?.weight === weight) return known.values;
    const values = smooth(this.#columns[curve], weight);
    this.#smoothed.set(curve, { weight, values });
    return values;
  }

  /** Whether it was measured at all. */
  has(curve: CurveName): boolean {
    const known = this.#measured.get(curve) ?? this.#columns[curve].some((value) => !Number.isNaN(value));
    this.#measured.set(curve, known);
    return known;
  }
}

/** Seconds since the beginning. A clock that was set back meanwhile doesn't turn the line back. */
function elapsedOf(time: Float64Array, startedAt: number | null): Float64Array {
  const begin = startedAt ?? time[0] ?? 0;
  let latest = 0;
  return time.map((at) => (latest = Math.max(latest, at - begin)));
}
