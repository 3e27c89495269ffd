import { assertNever } from '../../src/common/assertNever';
import type { CurveName } from '../../src/protocol/curvesPanel';
import type { Words } from './words';

const GIB = 2 ** 30;

/** `step`: the distance of an axis' ticks, which decides how many digits tell them apart; null for a single value. */
export function formatCurve(curve: CurveName, value: number, words: Words, step: number | null = null): string {
  switch (curve) {
    case 'loss':
    case 'evalLoss':
      return words.decimal(value, step === null ? 4 : decimalsFor(step));
    case 'learningRate':
      return value === 0 ? '0' : Number(value.toPrecision(digitsFor(value, step))).toExponential();
    case 'gradNorm':
      return words.decimal(value, step === null ? 3 : decimalsFor(step));
    case 'tokensPerSecond':
      return words.integer(value);
    case 'memoryBytes':
      return step === null ? words.gibibytes(value) : `${words.decimal(value / GIB, decimalsFor(step / GIB))} GiB`;
    default:
      return assertNever(curve);
  }
}

/** Four digits, or as many as ticks need that lie closer: of a rate that hardly changes, 1.9996e-3 and 1.9998e-3. */
function digitsFor(value: number, step: number | null): number {
  if (step === null || step === 0) return 4;
  return Math.min(12, Math.max(4, Math.ceil(Math.log10(Math.abs(value / step))) + 1));
}

/** 0.25 for ticks at quarters, 3 for ticks at ones. */
function decimalsFor(step: number): number {
  for (let digits = 0; digits < 4; digits++)
    if (Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6) return digits;
  return 4;
}
