import type { Disposable } from '../../src/common/disposable';
import { CURVES, type CurveName } from '../../src/protocol/curvesPanel';
import { onThemeChange } from '../shared/theme';
import type { Words } from '../shared/words';
import { formatX } from './chart/axes';
import { CurveChart } from './chart/curveChart';
import type { ChartActions } from './chart/gestures';
import type { ShownRun } from './chart/lines';
import type { PlacedMarker } from './chart/markerLines';
import type { Choices } from './choices';
import { curveWords } from './curveWords';
import type { PanelRun } from './panelRun';
import { spokenValues } from './parts/values';
import { measuredCurves, nearestIndex } from './readout';
import { runLook } from './runLook';
import { moved, type Span, within, zoomed } from './span';

/** What a chart shows, by the curve that names it. An evaluation is compared with the loss, so it lies on it. */
const CHARTS: readonly (readonly CurveName[])[] = [
  ['loss', 'evalLoss'],
  ['learningRate'],
  ['gradNorm'],
  ['tokensPerSecond'],
  ['memoryBytes'],
];

/** The charts of a panel: one x axis for all, and one place that is looked at. */
export class Charts implements Disposable {
  /** The place that is looked at, on the x axis; null: none. */
  cursor: number | null = null;
  /** The part of the x axis that is shown; null: all of it. */
  span: Span | null = null;
  runs: readonly ShownRun[] = [];
  readonly #words: Words;
  readonly #all: ReadonlyMap<CurveName, CurveChart>;
  readonly #themeWatch: Disposable;
  readonly #onLook: () => void;
  #choices: Choices | null = null;
  #whole: Span = { min: 0, max: 1 };

  /** onLook: another place or another part of the axis; redraw: the charts need drawing. */
  constructor(words: Words, redraw: () => void, onLook: () => void) {
    this.#words = words;
    this.#onLook = onLook;
    const actions: ChartActions = {
      point: (x) => this.point(x),
      select: (span) => this.#look(within(span, this.#whole), redraw),
      zoom: (at, factor) => this.#look(zoomed(this.shown, this.#whole, at ?? this.#middle(), factor), redraw),
      pan: (share) => this.#look(moved(this.shown, this.#whole, share), redraw),
      showAll: () => this.#look(null, redraw),
      step: (direction, whole) => this.#step(direction, whole, redraw),
    };
    this.#all = new Map(
      CHARTS.flatMap(([curve]) =>
        curve === undefined ? [] : [[curve, new CurveChart(curve, words, actions, redraw)]],
      ),
    );
    this.#themeWatch = onThemeChange(redraw);
  }

  /** The part of the x axis that is shown. */
  get shown(): Span {
    return this.span ?? this.#whole;
  }

  get visible(): readonly CurveChart[] {
    const curves = this.#curves();
    return [...this.#all.values()].filter(({ curve }) => curvesOfChart(curve).some((own) => curves.has(own)));
  }

  setRuns(runs: readonly PanelRun[], choices: Choices, element: Element): void {
    if (this.#choices !== null && this.#choices.xAxis !== choices.xAxis) [this.span, this.cursor] = [null, null];
    this.#choices = choices;
    this.runs = runs
      .map((run, index) => ({ run, index, look: runLook(index, element) }))
      .filter(({ run }) => !choices.hiddenRuns.includes(run.facts.directory));
    this.#whole = wholeOf(this.runs, choices);
    if (this.span !== null) this.span = within(this.span, this.#whole);
  }

  draw(): void {
    const choices = this.#choices;
    if (choices === null) return;
    const { xAxis, smoothing, log } = choices;
    const curves = this.#curves();
    const placed = this.placed();
    for (const chart of this.visible) {
      if (!chart.plot.isConnected) continue;
      chart.show({
        runs: this.runs,
        curves: curvesOfChart(chart.curve).filter((curve) => curves.has(curve)),
        xAxis,
        span: this.shown,
        smoothing,
        log: log.includes(chart.curve),
        placed: chart.curve === 'loss' ? placed : placed.filter(({ marker }) => marker.kind !== 'checkpoint'),
      });
    }
    this.#say();
  }

  /** Markers of the runs that are shown, where they are on the axis. */
  placed(): readonly PlacedMarker[] {
    const xAxis = this.#choices?.xAxis ?? 'step';
    return this.runs.flatMap(({ run }) =>
      run.facts.markers.map((marker) => ({ marker, run: run.facts.name, x: placeOf(run, marker.trainStep, xAxis) })),
    );
  }

  point(x: number | null): void {
    if (x === this.cursor) return;
    this.cursor = x;
    for (const chart of this.visible) chart.overlay.point(x, chart);
    this.#say();
    this.#onLook();
  }

  /** Shows the whole axis again. */
  showAll(): void {
    this.span = null;
    this.point(null);
  }

  dispose(): void {
    this.#themeWatch.dispose();
    for (const chart of this.#all.values()) chart.dispose();
  }

  #look(span: Span | null, redraw: () => void): void {
    this.span = span;
    redraw();
    this.#onLook();
  }

  #middle(): number {
    const { min, max } = this.shown;
    return this.cursor !== null && this.cursor >= min && this.cursor <= max ? this.cursor : (min + max) / 2;
  }

  /** To the next point that lies a pixel away, with the part that is shown following. */
  #step(direction: 1 | -1, whole: boolean, redraw: () => void): void {
    const { min, max } = this.shown;
    const x = this.runs.find(({ run }) => run.length > 0)?.run.x(this.#choices?.xAxis ?? 'step');
    if (x === undefined) return;
    const from = this.cursor ?? (direction === 1 ? min : max);
    const pixel = (max - min) / 1000;
    let index = nearestIndex(x, whole ? (direction === 1 ? max : min) : from);
    if (!whole && this.cursor !== null) {
      do index += direction;
      while (index > 0 && index < x.length - 1 && Math.abs((x[index] ?? 0) - from) < pixel);
    }
    const at = x[Math.min(x.length - 1, Math.max(0, index))] ?? from;
    if (at < min || at > max) this.#look(moved(this.shown, this.#whole, direction * 0.5), redraw);
    this.point(at);
  }

  #say(): void {
    const xAxis = this.#choices?.xAxis ?? 'step';
    const x = this.cursor ?? this.shown.max;
    const at = formatX(xAxis, x, this.#words);
    const where = xAxis === 'step' ? this.#words.t('Step {0}', at) : this.#words.t('After {0}', at);
    for (const chart of this.visible) {
      const values = spokenValues(this.runs, curvesOfChart(chart.curve), { xAxis, x: this.cursor }, this.#words);
      chart.say(curveWords(chart.curve, this.#words), x, [where, ...values].join('; '));
    }
  }

  #curves(): ReadonlySet<CurveName> {
    const measured = measuredCurves(this.runs.map(({ run }) => run));
    const hidden = this.#choices?.hiddenCurves ?? [];
    return new Set(CURVES.filter((curve) => measured.has(curve) && !hidden.includes(curve)));
  }
}

export function curvesOfChart(name: CurveName): readonly CurveName[] {
  return CHARTS.find(([curve]) => curve === name) ?? [name];
}

/** By time a marker is where its step was logged. */
function placeOf(run: PanelRun, trainStep: number, xAxis: Choices['xAxis']): number {
  if (xAxis === 'step' || run.length === 0) return xAxis === 'step' ? trainStep : 0;
  return run.x('time')[nearestIndex(run.x('step'), trainStep)] ?? 0;
}

function wholeOf(runs: readonly ShownRun[], { xAxis }: Choices): Span {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { run } of runs) {
    const x = run.x(xAxis);
    // A resumed run goes on behind its checkpoint: its first point comes later.
    const marks = xAxis === 'step' && x.length > 0 ? run.facts.markers.map(({ trainStep }) => trainStep) : [];
    min = Math.min(min, x[0] ?? min, ...marks);
    max = Math.max(max, x.at(-1) ?? max);
  }
  if (min > max) return { min: 0, max: 1 };
  // A single point is in the middle of something.
  return min === max ? { min: min - 1, max: max + 1 } : { min, max };
}
