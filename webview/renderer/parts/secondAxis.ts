import { assertNever } from '../../../src/common/assertNever';
import type { CurvePoint } from '../../../src/protocol/outputs';
import type { Words } from '../../shared/words';

export const SECOND_AXES = ['none', 'learningRate', 'gradNorm', 'tokensPerSecond', 'memoryBytes'] as const;
/** What stands on the right axis beside the loss. */
export type SecondAxis = (typeof SECOND_AXES)[number];

export function secondAxisName(axis: SecondAxis, { t }: Words): string {
  switch (axis) {
    case 'none':
      return t('nothing else');
    case 'learningRate':
      return t('learning rate');
    case 'gradNorm':
      return t('gradient norm');
    case 'tokensPerSecond':
      return t('tokens per second');
    case 'memoryBytes':
      return t('memory');
    default:
      return assertNever(axis);
  }
}

/** `step`: the distance of an axis' ticks, which decides how many digits tell them apart; null for a single value. */
export function formatSecond(
  axis: Exclude<SecondAxis, 'none'>,
  value: number,
  words: Words,
  step: number | null = null,
): string {
  switch (axis) {
    case 'learningRate':
      return value === 0 ? '0' : Number(value.toPrecision(digitsFor(value, step))).toExponential();
    case 'gradNorm':
      return words.decimal(value, 3);
    case 'tokensPerSecond':
      return words.integer(value);
    case 'memoryBytes':
      return words.gibibytes(value);
    default:
      return assertNever(axis);
  }
}

export function secondValue(axis: SecondAxis, point: CurvePoint): number | null {
  return axis === 'none' ? null : point[axis];
}

/** Four digits, or as many as ticks need that lie closer: of a rate that hardly changes, 1.9996e-3 and 1.9998e-3. */
function digitsFor(value: number, step: number | null): number {
  if (step === null || step === 0) return 4;
  return Math.min(12, Math.max(4, Math.ceil(Math.log10(Math.abs(value / step))) + 1));
}
