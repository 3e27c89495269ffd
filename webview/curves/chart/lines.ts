import type { ChartDataset, Point } from 'chart.js';
import { decimate, GAP } from '../../../src/core/run/decimate';
import type { CurveName } from '../../../src/protocol/curvesPanel';
import type { XAxis } from '../choices';
import type { PanelRun } from '../panelRun';
import type { RunLook } from '../runLook';
import type { Span } from '../span';

export type LineSet = ChartDataset<'line', Point[]>;

/** A run that is shown, and how it is told from the others. */
export interface ShownRun {
  readonly run: PanelRun;
  readonly look: RunLook;
  readonly index: number;
}

/** What a line is: as measured behind its own average, the one to look at, or measured now and then. */
export type LineRole = 'raw' | 'strong' | 'sparse';

export interface Line {
  readonly shown: ShownRun;
  readonly curve: CurveName;
  readonly role: LineRole;
}

export interface LineSpace {
  readonly xAxis: XAxis;
  readonly span: Span;
  /** Of the plot, in pixels. */
  readonly width: number;
  readonly smoothing: number;
  readonly log: boolean;
}

/** Noisy ones; of the others an average would show what isn't. */
const SMOOTHED: ReadonlySet<CurveName> = new Set(['loss', 'gradNorm', 'tokensPerSecond']);

/** The lines of these curves, those behind first. */
export function linesOf(runs: readonly ShownRun[], curves: readonly CurveName[], smoothing: number): readonly Line[] {
  const lines = runs.flatMap((shown) =>
    curves.flatMap((curve): Line[] => {
      if (curve === 'evalLoss') return [{ shown, curve, role: 'sparse' }];
      const isSmoothed = SMOOTHED.has(curve) && smoothing > 0;
      return isSmoothed
        ? [
            { shown, curve, role: 'raw' },
            { shown, curve, role: 'strong' },
          ]
        : [{ shown, curve, role: 'strong' }];
    }),
  );
  const order: readonly LineRole[] = ['raw', 'strong', 'sparse'];
  return lines.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

/** The values that the line goes through. */
export function valuesOf({ shown, curve, role }: Line, smoothing: number): Float64Array {
  const { run } = shown;
  return role === 'strong' && SMOOTHED.has(curve) ? run.smoothed(curve, smoothing) : run.columns[curve];
}

/** Remembers the thinned points of lines whose run, place and smoothing are as they were: an update is of one run. */
export class LinePoints {
  readonly #kept = new Map<string, { readonly key: readonly unknown[]; readonly points: Point[] }>();

  of(line: Line, space: LineSpace): Point[] {
    const { shown, curve, role } = line;
    const values = valuesOf(line, space.smoothing);
    const { xAxis, span, width, log } = space;
    const key = [values, values.length, shown.run.columns, xAxis, span.min, span.max, width, log];
    const name = `${role} ${curve} ${shown.run.facts.directory}`;
    const known = this.#kept.get(name);
    if (known !== undefined && key.every((part, index) => part === known.key[index])) return known.points;
    const points = thinned(
      shown.run.x(xAxis),
      log ? positive(values) : values,
      span,
      width * (role === 'raw' ? 2 : 1.5),
    );
    this.#kept.set(name, { key, points });
    return points;
  }
}

function thinned(x: Float64Array, y: Float64Array, { min, max }: Span, points: number): Point[] {
  const drawn: Point[] = [];
  for (const index of decimate(x, y, { from: min, to: max, points: Math.round(points) })) {
    if (index === GAP) drawn.push({ x: drawn.at(-1)?.x ?? min, y: Number.NaN });
    else drawn.push({ x: x[index] ?? 0, y: y[index] ?? 0 });
  }
  return drawn;
}

/** A logarithmic axis has no place for 0, where a learning rate ends. */
function positive(values: Float64Array): Float64Array {
  return values.some((value) => value <= 0) ? values.map((value) => (value <= 0 ? Number.NaN : value)) : values;
}

export function lineSet({ shown, role }: Line, data: Point[]): LineSet {
  const { color, dash } = shown.look;
  const faint = `color-mix(in srgb, ${color} 38%, transparent)`;
  return {
    data,
    borderColor: role === 'raw' ? faint : color,
    borderWidth: role === 'strong' ? 2 : 1,
    borderDash: role === 'strong' ? [...dash] : role === 'sparse' ? [2, 2] : [],
    borderJoinStyle: 'round',
    // A line through one point is nothing to see.
    pointRadius: data.length === 1 ? 3 : 0,
    pointBackgroundColor: color,
    pointBorderWidth: 0,
    pointHitRadius: 0,
  };
}
