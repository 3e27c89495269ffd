import { assertNever } from '../../src/common/assertNever';
import type { CurveMarker, CurveName } from '../../src/protocol/curvesPanel';
import type { Words } from '../shared/words';

export function curveWords(curve: CurveName, { t }: Words): string {
  switch (curve) {
    case 'loss':
      return t('Loss');
    case 'evalLoss':
      return t('Eval loss');
    case 'learningRate':
      return t('Learning rate');
    case 'gradNorm':
      return t('Gradient norm');
    case 'tokensPerSecond':
      return t('Tokens per second');
    case 'memoryBytes':
      return t('Peak memory');
    default:
      return assertNever(curve);
  }
}

export function markerWords(kind: CurveMarker['kind'], { t }: Words): string {
  switch (kind) {
    case 'checkpoint':
      return t('checkpoint');
    case 'batchSizeReduced':
      return t('out of memory, started again');
    case 'nonFinite':
      return t('not a number');
    case 'resumed':
      return t('resumed');
    default:
      return assertNever(kind);
  }
}
