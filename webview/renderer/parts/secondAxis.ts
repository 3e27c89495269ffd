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

export function secondValue(axis: SecondAxis, point: CurvePoint): number | null {
  return axis === 'none' ? null : point[axis];
}
