import { type Chart, LinearScale, LogarithmicScale, type Scale } from 'chart.js';
import type { CurveName } from '../../../src/protocol/curvesPanel';
import { formatCurve } from '../../shared/curveValue';
import type { Words } from '../../shared/words';
import type { XAxis } from '../choices';

/** All charts have their plots below each other, whatever their numbers are; styles/charts.ts reckons with both. */
const PLOT_LEFT = 64;
/** Room for half of the last step's number, or chart.js would make the plot narrower. */
export const PLOT_RIGHT = 28;
const SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800];

/** Steps or a time, as an axis and a readout say it. */
export function formatX(xAxis: XAxis, value: number, words: Words): string {
  if (xAxis === 'step') return words.integer(value);
  const seconds = Math.round(value);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

/** The scales of a chart of this curve. */
export function scalesOf(curve: CurveName, compact: boolean, words: Words) {
  return {
    x: { type: 'linear' as const, ticks: { maxRotation: 0, autoSkipPadding: 24, includeBounds: false } },
    y: {
      type: 'linear' as 'linear' | 'logarithmic',
      // What lies far from zero and hardly changes would run along the edge; at zero there is nothing below.
      grace: curve === 'memoryBytes' || curve === 'tokensPerSecond' ? '5%' : 0,
      ticks: {
        maxTicksLimit: compact ? 5 : 8,
        callback: (value: unknown, _index: number, ticks: readonly { readonly value: number }[]) =>
          formatCurve(curve, Number(value), words, Math.abs((ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0)) || null),
      },
      afterFit: (scale: Scale) => {
        scale.width = PLOT_LEFT;
      },
    },
  };
}

export interface AxesView {
  readonly xAxis: XAxis;
  readonly min: number;
  readonly max: number;
  readonly log: boolean;
  /** Between two ticks of y, where chart.js' own choice is none for people. */
  readonly yStep: number | undefined;
}

const GIB = 2 ** 30;

/** Memory is counted in GiB, and 0.2 GiB is no round number of bytes. */
export function memoryStep(lowest: number, highest: number): number {
  const step = Math.max((highest - lowest) / 4 / GIB, 0.01);
  const power = 10 ** Math.floor(Math.log10(step));
  return ([1, 2, 5].find((factor) => factor * power >= step) ?? 10) * power * GIB;
}

/** Puts the axes where they belong: the same part of x in all charts, y by what is seen of its lines. */
export function setAxes(chart: Chart<'line'>, { xAxis, min, max, log, yStep }: AxesView, words: Words): void {
  const { x, y } = chart.options.scales ?? {};
  if (x === undefined || y === undefined) return;
  Object.assign(x, { min, max, afterBuildTicks: xAxis === 'time' ? timeTicks : undefined });
  Object.assign(x.ticks ?? {}, { callback: (value: unknown) => formatX(xAxis, Number(value), words), precision: 0 });
  Object.assign(y.ticks ?? {}, { stepSize: yStep });
  Object.assign(y, { type: log ? 'logarithmic' : 'linear' });
}

/** At whole seconds, minutes and hours. */
function timeTicks(scale: Scale): void {
  const most = Math.max(2, Math.floor(scale.width / 90));
  const every = SECONDS.find((seconds) => (scale.max - scale.min) / seconds <= most) ?? 604_800;
  const ticks: { value: number }[] = [];
  for (let value = Math.ceil(scale.min / every) * every; value <= scale.max; value += every) ticks.push({ value });
  scale.ticks = ticks;
}

export const SCALES = [LinearScale, LogarithmicScale] as const;
