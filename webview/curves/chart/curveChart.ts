import { Chart, LineController, LineElement, type Point, PointElement } from 'chart.js';
import type { Disposable } from '../../../src/common/disposable';
import type { CurveName } from '../../../src/protocol/curvesPanel';
import { type ChartTheme, chartTheme } from '../../shared/chartTheme';
import { paintScales } from '../../shared/paintScales';
import { themeColor } from '../../shared/theme';
import type { Words } from '../../shared/words';
import type { XAxis } from '../choices';
import { memoryStep, PLOT_RIGHT, SCALES, scalesOf, setAxes } from './axes';
import { type ChartActions, listenToGestures } from './gestures';
import { glyphsPlugin } from './glyphs';
import { type Line, LinePoints, lineSet, linesOf, type LineSpace, type ShownRun } from './lines';
import { type MarkerColors, markerLinesPlugin, type PlacedMarker } from './markerLines';
import { Overlay } from './overlay';

Chart.register(...SCALES, LineController, LineElement, PointElement);

export interface ChartView {
  readonly runs: readonly ShownRun[];
  /** Of those that this chart has. */
  readonly curves: readonly CurveName[];
  readonly xAxis: XAxis;
  readonly span: LineSpace['span'];
  readonly smoothing: number;
  readonly log: boolean;
  readonly placed: readonly PlacedMarker[];
}

/** The lines of one curve, for all runs that are shown. Its canvas lives as long as the panel. */
export class CurveChart implements Disposable {
  /** The curve by which its axis is labelled. */
  readonly curve: CurveName;
  /** Takes pointer and keys. */
  readonly plot = document.createElement('div');
  readonly overlay = new Overlay();
  readonly #canvas = document.createElement('canvas');
  readonly #words: Words;
  readonly #points = new LinePoints();
  readonly #onResize: () => void;
  #chart: Chart<'line', Point[]> | null = null;
  #lines: readonly Line[] = [];
  #view: ChartView | null = null;
  #background = '';
  #colors: MarkerColors = { good: '', warn: '', bad: '', accent: '' };

  constructor(curve: CurveName, words: Words, actions: ChartActions, onResize: () => void) {
    this.curve = curve;
    this.#words = words;
    this.#onResize = onResize;
    this.plot.className = 'plot';
    this.plot.tabIndex = 0;
    this.plot.setAttribute('role', 'slider');
    this.plot.setAttribute('aria-describedby', 'curves-hint');
    this.plot.dataset['curve'] = curve;
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.plot.append(this.#canvas, this.overlay.element);
    const xAt = (clientX: number): number | null => this.#xAt(clientX);
    const selecting = (from: number, to: number): void => this.overlay.select(this.#inPlot(from), this.#inPlot(to));
    listenToGestures({ element: this.plot, xAt, selecting, selected: () => this.overlay.select(0, 0) }, actions);
  }

  get chart(): Chart<'line', Point[]> | null {
    return this.#chart;
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  get view(): ChartView | null {
    return this.#view;
  }

  show(view: ChartView): void {
    const chart = (this.#chart ??= this.#create());
    this.#view = view;
    this.#lines = linesOf(view.runs, view.curves, view.smoothing);
    const { xAxis, span, smoothing, log } = view;
    const width = chart.chartArea?.width || this.plot.clientWidth;
    const space = { xAxis, span, width: Math.max(50, width), smoothing, log };
    // New arrays, always: what chart.js has read once it doesn't read again.
    chart.data.datasets = this.#lines.map((line) => lineSet(line, this.#points.of(line, space)));
    setAxes(chart, { xAxis, ...span, log, yStep: this.#yStep(chart) }, this.#words);
    this.#paint(chart);
    chart.update();
    // How much is drawn, whatever the run's length: what tests of long runs look at.
    this.plot.dataset['points'] = String(chart.data.datasets.reduce((sum, { data }) => sum + data.length, 0));
    this.overlay.draw(this);
  }

  /** The place that is looked at, for those who hear it: the plot is a slider over its x axis. */
  say(label: string, x: number, text: string): void {
    const { span } = this.#view ?? {};
    if (span === undefined) return;
    const said = { label, valuemin: span.min, valuemax: span.max, valuenow: x, valuetext: text };
    for (const [name, value] of Object.entries(said)) this.plot.setAttribute(`aria-${name}`, String(value));
  }

  /** In pixels from the left of the plot. */
  pixelOf(x: number): number {
    return this.#chart?.scales['x']?.getPixelForValue(x) ?? Number.NaN;
  }

  yPixelOf(y: number): number {
    return this.#chart?.scales['y']?.getPixelForValue(y) ?? Number.NaN;
  }

  dispose(): void {
    this.#chart?.destroy();
    this.#chart = null;
  }

  #create(): Chart<'line', Point[]> {
    return new Chart<'line', Point[]>(this.#canvas, {
      type: 'line',
      data: { datasets: [] },
      plugins: [
        markerLinesPlugin(() => ({ placed: this.#view?.placed ?? [], colors: this.#colors })),
        glyphsPlugin(() => ({ lines: this.#lines, background: this.#background })),
      ],
      options: {
        parsing: false,
        normalized: true,
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        // What is below the pointer is the overlay's: it costs no drawing.
        events: [],
        layout: { padding: { top: 6, right: PLOT_RIGHT } },
        scales: scalesOf(this.curve, this.curve !== 'loss', this.#words),
        onResize: () => this.#onResize(),
      },
    });
  }

  #yStep({ data }: Chart<'line', Point[]>): number | undefined {
    if (this.curve !== 'memoryBytes') return undefined;
    let [lowest, highest] = [Number.POSITIVE_INFINITY, 0];
    for (const { y } of data.datasets.flatMap((set) => set.data)) {
      if (y === null || Number.isNaN(y)) continue;
      lowest = Math.min(lowest, y);
      highest = Math.max(highest, y);
    }
    return memoryStep(Math.min(lowest, highest), highest);
  }

  #paint(chart: Chart<'line', Point[]>): void {
    const theme: ChartTheme = chartTheme(this.plot);
    this.#background = themeColor(this.plot, '--vscode-editor-background', 'Canvas');
    this.#colors = {
      good: theme.green,
      bad: theme.red,
      accent: theme.blue,
      warn: themeColor(this.plot, '--vscode-editorWarning-foreground', theme.text),
    };
    paintScales(chart, theme);
  }

  #inPlot(clientX: number): number {
    const { left, right } = this.#chart?.chartArea ?? { left: 0, right: 0 };
    return Math.min(right, Math.max(left, clientX - this.plot.getBoundingClientRect().left));
  }

  #xAt(clientX: number): number | null {
    return this.#chart?.scales['x']?.getValueForPixel(this.#inPlot(clientX)) ?? null;
  }
}
