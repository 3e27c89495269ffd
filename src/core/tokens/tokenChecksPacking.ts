import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import { isPaddingFree } from './exampleSequences';
import type { TokenLook } from './tokenLook';

const STRATEGY = ['train', 'data', 'packing_strategy'];

/**
 * bfd and bfd_split put examples behind each other, and only a flash attention kernel keeps them from seeing each other: the
 * trainer refuses them without one (trainer/src/tunebook_trainer/packing.py).
 */
export function* checkPacking({ looked, batching }: TokenLook): Generator<TokenFinding> {
  const attention = looked.recipe.model.attn_implementation;
  if (!isPaddingFree(batching) || attention?.startsWith('flash')) return;
  yield {
    kind: 'unsafePacking',
    severity: 'error',
    recipePath: STRATEGY,
    message: message(
      'With packing_strategy: {0} and without flash attention, the examples of a sequence see each other.',
      batching.packing,
    ),
    remedy: message('Write packing: false to keep examples apart, or use flash attention.'),
    fixes: [
      { title: message('Don’t pack'), set: [{ path: ['train', 'data', 'packing'], value: false }] },
      {
        title: message('Use flash attention'),
        set: [{ path: ['model', 'attn_implementation'], value: 'flash_attention_2' }],
      },
    ],
    line: null,
  };
}
