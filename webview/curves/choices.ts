import { CURVES, type CurveName } from '../../src/protocol/curvesPanel';

/** What the x axis shows. */
export type XAxis = 'step' | 'time';

/** What a person has set: it outlives the tab being hidden and the window being reloaded. */
export interface Choices {
  /** The runs that are shown; none: the one that the tab was opened for. */
  readonly directories: readonly string[];
  readonly xAxis: XAxis;
  /** Weight of the moving average, 0 to 0.99. */
  readonly smoothing: number;
  /** Charts with a logarithmic y axis. */
  readonly log: readonly CurveName[];
  readonly hiddenCurves: readonly CurveName[];
  readonly hiddenRuns: readonly string[];
  /** Of the comparison, which knows them. */
  readonly comparison: unknown;
}

/** As TensorBoard begins. */
const DEFAULT_SMOOTHING = 0.6;
export const MOST_SMOOTHING = 0.99;

export function choicesOf(kept: unknown): Choices {
  const given: object = typeof kept === 'object' && kept !== null ? kept : {};
  const smoothing = 'smoothing' in given && typeof given.smoothing === 'number' ? given.smoothing : DEFAULT_SMOOTHING;
  return {
    directories: 'directories' in given ? textsOf(given.directories) : [],
    xAxis: 'xAxis' in given && given.xAxis === 'time' ? 'time' : 'step',
    smoothing: Math.min(MOST_SMOOTHING, Math.max(0, smoothing)),
    log: 'log' in given ? curvesOf(given.log) : [],
    hiddenCurves: 'hiddenCurves' in given ? curvesOf(given.hiddenCurves) : [],
    hiddenRuns: 'hiddenRuns' in given ? textsOf(given.hiddenRuns) : [],
    comparison: 'comparison' in given ? given.comparison : undefined,
  };
}

/** The list without the item, or with it. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function curvesOf(value: unknown): readonly CurveName[] {
  return CURVES.filter((curve) => Array.isArray(value) && value.includes(curve));
}
