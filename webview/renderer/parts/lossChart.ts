import {
  Chart,
  type ChartDataset,
  Decimation,
  LinearScale,
  LineController,
  LineElement,
  type Point,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { Disposable } from '../../../src/common/disposable';
import type { CurvePoint, TrainOutput } from '../../../src/protocol/outputs';
import { onThemeChange } from '../../shared/theme';
import type { ViewContext } from '../view';
import { type Markers, markersPlugin } from './chartMarkers';
import { type ChartTheme, chartTheme } from './chartTheme';
import { formatSecond, type SecondAxis, secondAxisName, secondValue } from './secondAxis';

Chart.register(Decimation, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface Shown {
  readonly loss: boolean;
  readonly evalLoss: boolean;
  readonly second: SecondAxis;
}

type DataSet = ChartDataset<'line', Point[]>;
type Curve = Pick<TrainOutput, 'points' | 'nonFiniteAt' | 'checkpoints'> & { readonly totalSteps: number | null };

/** The loss while it falls. The canvas stays; new points come as new arrays (chart.js's decimation loses pushed ones). */
export class LossChart implements Disposable {
  readonly element = document.createElement('div');
  readonly #canvas = document.createElement('canvas');
  readonly #context: ViewContext;
  readonly #themeWatch: Disposable;
  #chart: Chart<'line', Point[]> | null = null;
  #markers: Markers = { checkpoints: [], nonFinite: [], checkpointColor: '', nonFiniteColor: '' };
  #points: readonly CurvePoint[] = [];
  #drawn: readonly unknown[] = [];

  constructor(context: ViewContext) {
    this.#context = context;
    this.element.className = 'chart';
    this.#canvas.setAttribute('role', 'img');
    this.element.append(this.#canvas);
    this.#themeWatch = onThemeChange(() => {
      if (this.#chart !== null) this.#paint(this.#chart);
      this.#chart?.update();
    });
  }

  show(curve: Curve, shown: Shown): void {
    const { points, checkpoints, nonFiniteAt, totalSteps } = curve;
    const now = [points, checkpoints, nonFiniteAt, totalSteps, shown, this.#context.words];
    if (this.#chart !== null && now.every((value, index) => value === this.#drawn[index])) return;
    this.#drawn = now;
    this.#points = points;
    this.#markers = {
      ...this.#markers,
      checkpoints: checkpoints.map(({ trainStep }) => trainStep),
      nonFinite: nonFiniteAt,
    };
    this.#canvas.setAttribute('aria-label', this.#summary());
    const chart = (this.#chart ??= this.#create());
    this.#fill(chart.data.datasets, shown);
    const { x, y2 } = chart.options.scales ?? {};
    if (x !== undefined) Object.assign(x, { min: 0, max: Math.max(totalSteps ?? 0, points.at(-1)?.trainStep ?? 1) });
    if (y2 !== undefined) {
      y2.display = shown.second !== 'none';
      Object.assign(y2, { title: { ...axisTitle, text: secondAxisName(shown.second, this.#context.words) } });
    }
    this.#paint(chart);
    // Not 'none': that mode leaves what points share (colour, radius) as it was first (DatasetController.updateSharedOptions).
    chart.update();
  }

  dispose(): void {
    this.#themeWatch.dispose();
    this.#chart?.destroy();
    this.#chart = null;
  }

  #create(): Chart<'line', Point[]> {
    const { t } = this.#context.words;
    return new Chart<'line', Point[]>(this.#canvas, {
      type: 'line',
      data: { datasets: lines() },
      plugins: [markersPlugin(() => this.#markers)],
      options: {
        parsing: false,
        normalized: true,
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: {
          x: { type: 'linear', title: { ...axisTitle, text: t('step') }, ticks: { maxRotation: 0, precision: 0 } },
          y: { type: 'linear', title: { ...axisTitle, text: t('loss') }, grace: '5%' },
          y2: { type: 'linear', position: 'right', display: false, grid: { drawOnChartArea: false } },
        },
        plugins: {
          decimation: { enabled: true, algorithm: 'lttb' },
          tooltip: {
            displayColors: true,
            usePointStyle: true,
            callbacks: {
              title: (items) => t('Step {0}', this.#context.words.integer(items[0]?.parsed.x ?? 0)),
              label: ({ dataset, parsed }) => `${dataset.label ?? ''} ${this.#value(dataset.yAxisID, parsed.y ?? NaN)}`,
            },
          },
        },
      },
    });
  }

  #value(axis: string | undefined, value: number): string {
    const second = this.#shownSecond();
    if (axis === 'y2' && second !== 'none') return formatSecond(second, value, this.#context.words);
    return this.#context.words.decimal(value, 4);
  }

  #shownSecond(): SecondAxis {
    // SAFETY: `show` keeps its second argument at this place.
    return (this.#drawn[4] as Shown | undefined)?.second ?? 'none';
  }

  /** The three data sets live as long as the chart: the decimation keeps its own state in them. */
  #fill([loss, evalLoss, second]: DataSet[], shown: Shown): void {
    const { t } = this.#context.words;
    put(
      loss,
      t('Loss'),
      series(this.#points, (point) => point.loss),
      shown.loss,
    );
    put(
      evalLoss,
      t('Eval loss'),
      series(this.#points, (point) => point.evalLoss),
      shown.evalLoss,
    );
    put(
      second,
      secondAxisName(shown.second, this.#context.words),
      series(this.#points, (point) => secondValue(shown.second, point)),
      shown.second !== 'none',
    );
  }

  #paint(chart: Chart<'line', Point[]>): void {
    const theme = chartTheme(this.element);
    this.#markers = { ...this.#markers, checkpointColor: theme.green, nonFiniteColor: theme.red };
    const colors = [theme.blue, theme.purple, theme.quiet];
    for (const [index, set] of chart.data.datasets.entries()) {
      const color = colors[index] ?? theme.text;
      Object.assign(set, { borderColor: color, backgroundColor: color, pointBackgroundColor: color });
    }
    paintScales(chart, theme);
    this.#formatTicks(chart);
  }

  #formatTicks(chart: Chart<'line', Point[]>): void {
    const { words } = this.#context;
    const { x, y2 } = chart.options.scales ?? {};
    const second = this.#shownSecond();
    if (x?.ticks !== undefined) Object.assign(x.ticks, { callback: (value: unknown) => words.integer(Number(value)) });
    if (y2?.ticks !== undefined && second !== 'none')
      Object.assign(y2.ticks, { callback: (value: unknown) => formatSecond(second, Number(value), words) });
  }

  /** For those who don't see the curve. */
  #summary(): string {
    const { words } = this.#context;
    const losses = series(this.#points, (point) => point.loss);
    const [first] = losses;
    const last = losses.at(-1);
    if (first === undefined || last === undefined) return words.t('Loss curve, without points yet');
    return words.t(
      'Loss curve: from {0} at step {1} to {2} at step {3}',
      words.decimal(first.y, 4),
      words.integer(first.x),
      words.decimal(last.y, 4),
      words.integer(last.x),
    );
  }
}

const axisTitle = { display: true } as const;

/** Loss, eval loss, what stands on the right axis. */
function lines(): DataSet[] {
  return [
    { data: [], borderWidth: 2, pointRadius: 0, pointHoverRadius: 4, order: 1 },
    { data: [], borderWidth: 2, pointRadius: 3, pointHoverRadius: 4, order: 0 },
    { data: [], borderWidth: 1.5, borderDash: [5, 4], pointRadius: 0, pointHoverRadius: 4, order: 2, yAxisID: 'y2' },
  ];
}

function put(set: DataSet | undefined, label: string, data: Point[], shown: boolean): void {
  if (set === undefined) return;
  set.label = label;
  set.data = data;
  set.hidden = !shown;
  // A line through one point is nothing to see.
  if (set.order !== 0) set.pointRadius = data.length === 1 ? 3 : 0;
}

/** Points without a value are left out: between them the line goes straight on. */
function series(
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

function paintScales(chart: Chart<'line', Point[]>, theme: ChartTheme): void {
  const font = { family: theme.fontFamily, size: 12 };
  for (const scale of Object.values(chart.options.scales ?? {})) {
    if (scale === undefined) continue;
    Object.assign(scale, {
      ticks: { ...scale.ticks, color: theme.quiet, font },
      grid: { ...scale.grid, color: theme.grid, tickColor: theme.grid },
      border: { ...scale.border, color: theme.line },
    });
    if ('title' in scale && scale.title !== undefined) Object.assign(scale.title, { color: theme.quiet, font });
  }
  const { tooltip } = chart.options.plugins ?? {};
  if (tooltip === undefined) return;
  Object.assign(tooltip, {
    backgroundColor: theme.tipBackground,
    borderColor: theme.tipBorder,
    borderWidth: 1,
    titleColor: theme.tipText,
    bodyColor: theme.tipText,
    titleFont: { ...font, weight: 'bold' },
    bodyFont: font,
    padding: 8,
    cornerRadius: 4,
    boxWidth: 8,
    boxHeight: 8,
    boxPadding: 4,
  });
}
