import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import type { Message } from '../../../common/message';

/** Keys that decide which tokens a loss is the mean of, and how it is computed. */
const DECISIVE = new Set([
  'data.path',
  'data.name',
  'data.split',
  'data.columns.prompt',
  'data.columns.completion',
  'data.columns.system',
  'data.columns.messages',
  'data.system_prompt',
  'data.limit',
  'data.eval_split',
  'train.data.max_length',
  'train.data.packing',
  'train.data.packing_strategy',
  'train.data.assistant_only_loss',
  'train.data.completion_only_loss',
  'train.training.loss_type',
  'train.training.label_smoothing_factor',
]);

const DECISIVE_DATA = new Set(['file', 'tokenizer', 'chatTemplate']);

/**
 * Why the runs' losses can't be held against each other; null where they can. A mean over other tokens is another number: the
 * best of such losses would be no better model.
 */
export function lossCaution(recipe: readonly ComparedRow[], data: readonly ComparedRow[]): Message | null {
  const sameFile = data.some(({ path, same }) => path[0] === 'file' && same);
  const keys = recipe.filter(
    // another path to the same bytes
    ({ same, label }) => !same && DECISIVE.has(label) && !(label === 'data.path' && sameFile),
  );
  const facts = data.filter(({ same, path }) => !same && DECISIVE_DATA.has(path[0] ?? ''));
  const differing = [...keys, ...facts].map(({ label }) => label);
  if (differing.length === 0) return null;
  return message('Not comparable: the losses are means over different tokens ({0}).', differing.join(', '));
}
