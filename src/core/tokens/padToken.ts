import { message, type Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { TextTokenizer } from './types';

/** Tokens that vocabularies keep free: <|finetune_right_pad_id|>, <|reserved_special_token_0|>, <unused0>, <|dummy_0|>, … */
const UNUSED = /pad|reserved|unused|dummy|placeholder/i;
export const ADDED_PAD = '<|pad|>';

export interface Pad {
  readonly token: string;
  readonly id: number;
  /** Whether it takes an unused row of the embedding. */
  readonly added: boolean;
}

export interface PadTrouble {
  readonly message: Message;
  readonly remedy: Message;
}

/**
 * The token that the trainer fills up with (trainer/src/tunebook_trainer/special_tokens.py, choose_pad): one that no end
 * mark is. ends: ids of end marks. modelVocabSize: rows of the embedding; null: unknown, then there is room for none.
 */
export function choosePad(
  tokenizer: TextTokenizer,
  wanted: string | null,
  ends: ReadonlySet<number>,
  modelVocabSize: number | null,
): Result<Pad, PadTrouble> {
  if (wanted !== null) return wantedPad(tokenizer, wanted, ends);
  const { special, addedTokens } = tokenizer;
  const byId = [...addedTokens].sort((a, b) => a.id - b.id);
  const candidates = [
    special.pad_token,
    special.unk_token,
    ...byId.map(({ content }) => content).filter((token) => UNUSED.test(token)),
  ];
  for (const token of candidates) {
    const id = token === null ? null : tokenizer.idOf(token);
    if (token !== null && id !== null && !ends.has(id)) return ok({ token, id, added: false });
  }
  if (modelVocabSize !== null && tokenizer.vocabSize < modelVocabSize)
    return ok({ token: ADDED_PAD, id: tokenizer.vocabSize, added: true });
  return err({
    message: message('No token of the vocabulary is free to fill up short rows with.'),
    remedy: message('Name one as pad_token that your rows never contain.'),
  });
}

function wantedPad(tokenizer: TextTokenizer, wanted: string, ends: ReadonlySet<number>): Result<Pad, PadTrouble> {
  const id = tokenizer.idOf(wanted);
  if (id === null) {
    return err({
      message: message('pad_token {0} is not in the vocabulary.', wanted),
      remedy: message('Leave pad_token empty: a safe one is chosen.'),
    });
  }
  if (!ends.has(id)) return ok({ token: wanted, id, added: false });
  return err({
    message: message('pad_token {0} is also an end mark, which would never be learnt.', wanted),
    remedy: message(
      'Padding has no label, so the model never learns to stop. Leave pad_token empty: a safe one is chosen.',
    ),
  });
}
