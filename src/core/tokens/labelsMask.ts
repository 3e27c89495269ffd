import type { Rendered, TextEncoding } from './types';

/**
 * 1 where the assistant speaks: `assistant_masks` of apply_chat_template (transformers/tokenization_utils_base.py). Its
 * habits are kept, since they decide what is trained: a span whose first character is in no token ends the search, and one
 * whose last character is in none, or in the first token of all, goes on to the end.
 */
export function assistantMask(encoding: TextEncoding, spans: Rendered['generation']): Uint8Array {
  const { length } = encoding.ids;
  const mask = new Uint8Array(length);
  for (const { start, end } of spans) {
    const first = tokenAt(encoding, start);
    if (first === null) break;
    const last = tokenAt(encoding, end - 1);
    mask.fill(1, first, last === null || last === 0 ? length : last + 1);
  }
  return mask;
}

/** 1 from the end of the prompt on: TRL's completion_mask, by the number of tokens alone. */
export function completionMask(length: number, promptLength: number): Uint8Array {
  return new Uint8Array(length).fill(1, Math.min(promptLength, length));
}

/** char_to_token: the first token that holds this character; several hold one that takes several tokens. */
function tokenAt({ starts, ends }: TextEncoding, at: number): number | null {
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (at >= start && at < end) return index;
  }
  return null;
}
