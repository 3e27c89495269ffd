import {
  Chart,
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
import { formatCurve } from '../../shared/curveValue';
import { onThemeChange } from '../../shared/theme';
import type { ViewContext } from '../view';
import { type Markers, markersPlugin } from './chartMarkers';
import { chartTheme } from '../../shared/chartTheme';
import { type DataSet, lines, put, series } from './curveLines';
import { paintScales } from '../../shared/paintScales';
import { type SecondAxis, secondAxisName, secondValue } from './secondAxis';

Chart.register(Decimation, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface Shown {
  readonly loss: boolean;
  readonly evalLoss: boolean;
  readonly second: SecondAxis;
}

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
    if (axis === 'y2' && second !== 'none') return formatCurve(second, value, this.#context.words);
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
      Object.assign(y2.ticks, {
        callback: (value: unknown, _index: number, ticks: readonly { readonly value: number }[]) =>
          formatCurve(second, Number(value), words, (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0)),
      });
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
