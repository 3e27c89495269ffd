import { message } from '../../../common/message';
import type { EventOf } from '../../../protocol/trainer';
import { type FailureContext, numberAt, type RecipeFix, rounded, setting, settings, valueAt } from './entry';
import { KEYS } from './keys';
import { lengthKeeping } from './lengths';
import { slower } from './training';

/** What one click can do about a warning of the trainer; empty for one that only tells something. */
export function warningFixes({ kind }: EventOf<'warning'>, context: FailureContext): readonly RecipeFix[] {
  if (context.recipe === null) return [];
  switch (kind) {
    case 'lossNotFalling':
      return faster(context);
    case 'lossRises':
      return slower(context).slice(0, 1);
    case 'explodingGradNorm':
      return calmer(context);
    case 'evalLossRises':
      return fewerEpochs(context);
    case 'truncatedRows':
    case 'maskedRows':
      return longer(context);
    default:
      return [];
  }
}

/** After auto_find_batch_size: the size that fitted, and as many batches as come nearest to the step that was meant. */
export function foundBatchSize(
  reductions: readonly { readonly from: number; readonly to: number }[],
  context: FailureContext,
): RecipeFix | null {
  const found = reductions.at(-1)?.to;
  const meant = (reductions[0]?.from ?? 0) * (numberAt(context, KEYS.accumulation) ?? 1);
  if (found === undefined || context.recipe === null) return null;
  return settings(
    { path: KEYS.batchSize, value: found },
    { path: KEYS.accumulation, value: Math.max(1, Math.round(meant / found)) },
    message('no more tries at the next start'),
  );
}

function faster(context: FailureContext): readonly RecipeFix[] {
  const rate = numberAt(context, KEYS.learningRate);
  return rate === null ? [] : [setting(KEYS.learningRate, rounded(rate * 5))];
}

function calmer(context: FailureContext): readonly RecipeFix[] {
  const limit = numberAt(context, KEYS.gradNorm);
  const cut = limit === null || (limit > 0 && limit <= 0.3) ? [] : [setting(KEYS.gradNorm, 0.3)];
  return [...slower(context).slice(0, 1), ...cut];
}

function fewerEpochs(context: FailureContext): readonly RecipeFix[] {
  const epochs = numberAt(context, KEYS.epochs);
  const decay = numberAt(context, KEYS.weightDecay);
  return [
    ...(epochs !== null && epochs > 1 ? [setting(KEYS.epochs, Math.max(1, Math.floor(epochs / 2)))] : []),
    ...(valueAt(context, KEYS.bestAtEnd) === false &&
    valueAt(context, KEYS.saveStrategy) === valueAt(context, KEYS.evalStrategy)
      ? [setting(KEYS.bestAtEnd, true, message('goes back to the best checkpoint'))]
      : []),
    ...(decay === 0 ? [setting(KEYS.weightDecay, 0.01)] : []),
  ];
}

function longer(context: FailureContext): readonly RecipeFix[] {
  const now = numberAt(context, KEYS.maxLength);
  const length = lengthKeeping(context.lengths, 1);
  if (now === null || length === null || length <= now) return [];
  return [setting(KEYS.maxLength, length, message('{0}% of the rows stay whole', 100))];
}
