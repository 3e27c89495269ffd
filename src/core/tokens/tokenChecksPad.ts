import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import type { TokenLook } from './tokenLook';

const PAD = ['tokenizer', 'pad_token'];

/** The tokenizer fills up with an end mark; the trainer takes another token (steps/tokenizer.py, _set_pad). */
export function* checkPad({ looked, pad, marks }: TokenLook): Generator<TokenFinding> {
  if (looked.recipe.tokenizer.pad_token !== null) return;
  const own = looked.tokenizer.special.pad_token;
  const id = own === null ? null : looked.tokenizer.idOf(own);
  if (own === null || id === null || !marks.all.has(id)) return;
  yield {
    kind: 'padIsEos',
    severity: 'information',
    recipePath: PAD,
    message: message(
      'The tokenizer fills up short rows with {0}, which also ends a text. Padding is hidden from the training: a model that never sees its end never stops.',
      own,
    ),
    remedy: message('The trainer takes {0} instead. Write it as pad_token, so that the recipe says so.', pad.token),
    // A token that is only added in the run can't be named before.
    fixes: pad.added
      ? []
      : [{ title: message('Write pad_token: {0}', pad.token), set: [{ path: PAD, value: pad.token }] }],
    line: null,
  };
}
