import { ok, type Result } from '../../common/result';
import type { ChatTemplate, RenderFailure, TextTokenizer } from './types';

const SENTINEL = 'tunebook';

/**
 * The first special token after what the assistant says, as the chat template renders it; null if there is none
 * (trainer/src/tunebook_trainer/special_tokens.py, end_of_turn_id).
 */
export function endOfTurnId(
  tokenizer: TextTokenizer,
  template: ChatTemplate,
  special: Readonly<Record<string, string | null>>,
): Result<number | null, RenderFailure> {
  const rendered = template.render({
    messages: [
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: SENTINEL },
    ],
    special,
  });
  if (!rendered.ok) return rendered;
  const { text } = rendered.value;
  const at = text.lastIndexOf(SENTINEL);
  const tail = at < 0 ? '' : text.slice(at + SENTINEL.length);
  return ok(tokenizer.encode(tail).ids.find(specialIds(tokenizer).has) ?? null);
}

/** added_tokens_decoder and all_special_ids */
function specialIds(tokenizer: TextTokenizer): { readonly has: (id: number) => boolean } {
  const named = Object.values(tokenizer.special).flatMap((token) => (token === null ? [] : [tokenizer.idOf(token)]));
  const ids = new Set([...tokenizer.addedTokens.map(({ id }) => id), ...named]);
  return { has: (id) => ids.has(id) };
}
