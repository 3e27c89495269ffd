import type { SpecialTokenInfo } from '../../protocol/tokenView';
import type { TokenLook } from './tokenLook';

/** As they are in the run: with the recipe's eos_token and the pad token that the trainer chooses. */
export function specialTokens({ labelling, looked, marks, pad }: TokenLook): SpecialTokenInfo[] {
  const { tokenizer } = looked;
  const { bos_token: bos, unk_token: unk } = tokenizer.special;
  const eos = labelling.special['eos_token'] ?? null;
  const named = (name: SpecialTokenInfo['name'], token: string | null): SpecialTokenInfo => ({
    name,
    token,
    id: token === null ? null : tokenizer.idOf(token),
  });
  const { endOfTurn } = marks;
  return [
    named('bos_token', bos),
    named('eos_token', eos),
    { name: 'pad_token', token: pad.token, id: pad.id },
    named('unk_token', unk),
    {
      name: 'end_of_turn',
      token: endOfTurn === null ? null : tokenizer.piece(endOfTurn).text,
      id: endOfTurn,
    },
  ];
}
