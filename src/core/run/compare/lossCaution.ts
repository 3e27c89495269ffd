import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import type { Speech } from './speech';

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

const DECISIVE_DATA = new Set(['sha256', 'tokenizer', 'chatTemplate']);
const MOST_NAMED = 3;

/**
 * Why the runs' losses can't be held against each other, in a sentence; null where they can. A mean over other tokens is another
 * number: the best of such losses would be no better model.
 */
export function lossCaution(
  recipe: readonly ComparedRow[],
  data: readonly ComparedRow[],
  { say, count }: Speech,
): string | null {
  const hashes = data.filter(({ path }) => path[0] === 'sha256');
  const sameBytes = hashes.length > 0 && hashes.every(({ same }) => same);
  const keys = recipe.filter(
    ({ same, label }) => !same && DECISIVE.has(label) && !(label === 'data.path' && sameBytes),
  );
  const facts = data.filter((row) => DECISIVE_DATA.has(row.path[0] ?? '') && differs(row));
  const names = [
    ...keys.map(({ label }) => label),
    ...facts.map(({ path, label }) => (path[0] === 'sha256' ? say(message('content of the data file')) : label)),
  ];
  if (names.length === 0) return null;
  const named = names.slice(0, MOST_NAMED).join(', ');
  const more = names.length - MOST_NAMED;
  return say(
    more > 0
      ? message(
          'The losses aren’t comparable: they are means over different tokens ({0} and {1} more differ).',
          named,
          count(more),
        )
      : message('The losses aren’t comparable: they are means over different tokens (what differs: {0}).', named),
  );
}

/** Between runs that came so far. */
function differs({ exact }: ComparedRow): boolean {
  return new Set(exact.filter((value) => value !== null).map((value) => JSON.stringify(value))).size > 1;
}
