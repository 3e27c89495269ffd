import { type Message, message } from '../../../common/message';
import type { Failure } from '../../../protocol/trainer';
import {
  type Entry,
  type FailureContext,
  numberAt,
  type RecipeFix,
  rounded,
  setting,
  settings,
  valueAt,
} from './entry';
import { KEYS } from './keys';
import { lengthKeeping } from './lengths';

export const nonFiniteLoss: Entry = (failure, context) => {
  const remedies: Message[] = [];
  const half = valueAt(context, KEYS.fp16) === true;
  if (half)
    remedies.push(message('float16 overflows easily: bf16 has the range of float32, where the hardware has it.'));
  remedies.push(
    grew(failure)
      ? message('The gradient grew from step to step before: learning_rate is too high.')
      : message('Lower learning_rate in train.training, for instance to a third.'),
    message('Look at the first batches: an empty or broken row shows there.'),
  );
  return {
    title: message('The loss or its gradient is no longer a number: {0}', failure.message),
    remedies,
    fixes: [...(half ? [betterFormat()] : []), ...slower(context)],
  };
};

export const interrupted: Entry = () => ({
  title: message('Stopped as you asked.'),
  remedies: [message('To go on from the last checkpoint, set resume_from_checkpoint: true in train.environment.')],
  fixes: [],
});

export const allLabelsMasked: Entry = (failure, context) => {
  const fixes: RecipeFix[] = [];
  const now = numberAt(context, KEYS.maxLength);
  const length = lengthKeeping(context.lengths, 0.99);
  if (now !== null && length !== null && length > now)
    fixes.push(setting(KEYS.maxLength, length, message('{0}% of the rows stay whole', 99)));
  else if (now !== null && length === null) fixes.push(setting(KEYS.maxLength, Math.max(1024, now * 4)));
  if (valueAt(context, KEYS.assistantOnly) === true) fixes.push(setting(KEYS.assistantOnly, false));
  if (valueAt(context, KEYS.completionOnly) === true) fixes.push(setting(KEYS.completionOnly, false));
  return {
    title: message('Nothing would be trained: the loss ignores every token. {0}', failure.message),
    remedies: [
      message('Raise max_length in train.data: the answers may lie beyond it.'),
      message('Set assistant_only_loss: false in train.data if the template does not mark the answers.'),
    ],
    fixes,
  };
};

export const endNotTrained: Entry = (failure, context) => ({
  title: message('The end of an answer is never learnt: {0}', failure.message),
  remedies: [
    message('In the chat template, move endgeneration behind the token that ends the turn.'),
    message('Or set assistant_only_loss: false in train.data.'),
  ],
  fixes: valueAt(context, KEYS.assistantOnly) === true ? [setting(KEYS.assistantOnly, false)] : [],
});

export const unsafePacking: Entry = (failure) => ({
  title: message('Packed this way, examples would see each other: {0}', failure.message),
  remedies: [
    message('Write packing_strategy: wrapped, or packing: false, in train.data.'),
    message('Or install a FlashAttention kernel and write attn_implementation: flash_attention_2 in model.'),
  ],
  fixes: [setting(KEYS.packingStrategy, 'wrapped'), setting(KEYS.packing, false)],
});

/** No adapter learns at more than this; what is beyond it is a slip, of which a third is one too. */
const HIGHEST_RATE = 0.05;
/** The schema's default. */
const USUAL_RATE = 2e-4;

/** A third of the learning rate, a warm-up, and a limit to the gradient, as far as the recipe hasn't them. */
export function slower(context: FailureContext): readonly RecipeFix[] {
  const fixes: RecipeFix[] = [];
  const rate = numberAt(context, KEYS.learningRate);
  if (rate !== null) fixes.push(setting(KEYS.learningRate, rate > HIGHEST_RATE ? USUAL_RATE : rounded(rate / 3)));
  if (numberAt(context, KEYS.gradNorm) === 0) fixes.push(setting(KEYS.gradNorm, 1));
  if (numberAt(context, KEYS.warmup) === 0)
    fixes.push(setting(KEYS.warmup, 0.05, message('the first steps are small')));
  return fixes;
}

/** bf16 where the hardware has it, instead of fp16. */
export function betterFormat(): RecipeFix {
  return settings({ path: KEYS.bf16, value: 'auto' }, { path: KEYS.fp16, value: false });
}

/** Each of the last gradients was longer than the one before. */
function grew({ facts }: Failure): boolean {
  const norms = facts['lastGradNorms'];
  if (!Array.isArray(norms) || norms.length < 3) return false;
  return norms.every((norm, index) => index === 0 || Number(norm) > Number(norms[index - 1]));
}
