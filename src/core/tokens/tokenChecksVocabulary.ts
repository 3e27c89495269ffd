import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import type { TokenLook } from './tokenLook';

/** A tokenizer with more tokens than the model has embeddings: the trainer refuses (steps/tokenizer.py, _load). */
export function* checkVocabulary({ looked }: TokenLook): Generator<TokenFinding> {
  const { tokenizer, modelVocabSize, recipe } = looked;
  if (modelVocabSize === null || tokenizer.vocabSize <= modelVocabSize) return;
  const own = recipe.tokenizer.tokenizer_name_or_path;
  const path = ['tokenizer', 'tokenizer_name_or_path'];
  yield {
    kind: 'vocabularyMismatch',
    severity: 'error',
    recipePath: own === null ? ['model', 'model_name_or_path'] : path,
    message: message(
      'The tokenizer has {0} tokens, the model only {1}: they don’t belong together.',
      tokenizer.vocabSize,
      modelVocabSize,
    ),
    remedy:
      own === null
        ? message('Take model and tokenizer from the same place.')
        : message('Remove tokenizer_name_or_path: the model’s own tokenizer fits.'),
    fixes: own === null ? [] : [{ title: message('Use the model’s own tokenizer'), set: [{ path, value: null }] }],
    line: null,
  };
}
