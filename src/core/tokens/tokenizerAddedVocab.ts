/** The ids of added tokens: AddedVocabulary::add_tokens, in the order in which transformers adds them. */
import type { AddedToken } from './tokenizerAdded';
import { contentOf, type TokenizerSettings } from './tokenizerSettings';

export interface AddedVocab {
  readonly tokens: ReadonlyMap<number, AddedToken>;
  readonly idOf: ReadonlyMap<string, number>;
}

/** `own`: those of tokenizer.json, whose ids Rust only warns about where they differ from these. */
export function addTokens(
  own: readonly AddedToken[],
  settings: TokenizerSettings,
  model: ReadonlyMap<string, number>,
  addsSpecialAgain: boolean,
): AddedVocab {
  const tokens = new Map<number, AddedToken>();
  const idOf = new Map<string, number>();
  const add = (batch: readonly AddedToken[]): void => {
    const highest = Math.max(-1, ...tokens.keys());
    let next = tokens.size > 0 && (highest >= model.size || model.size === 0) ? highest + 1 : model.size;
    for (const token of batch) {
      const id = idOf.get(token.content) ?? model.get(token.content) ?? next;
      if (token.content === '') {
        continue;
      }
      if (id === next && !idOf.has(token.content) && !model.has(token.content)) {
        next++;
      }
      idOf.set(token.content, id);
      tokens.set(id, token);
    }
  };
  add(own);
  add(tokensOfSettings(settings, tokens));
  if (addsSpecialAgain) {
    add([...settings.named.values(), ...settings.extra].map((token) => specialToken(contentOf(token))));
  }
  return { tokens, idOf };
}

/** TokenizersBackend.__init__ (transformers 5.18, tokenization_utils_tokenizers.py): `tokens_to_add`. */
function tokensOfSettings(settings: TokenizerSettings, present: ReadonlyMap<number, AddedToken>): AddedToken[] {
  const known = new Set(Array.from(present.values(), fingerprint));
  const pending: AddedToken[] = settings.added.filter((token) => !known.has(fingerprint(token)));
  const contents = new Set([...present.values(), ...pending].map(({ content }) => content));
  const names = new Set(Array.from(settings.named.values(), contentOf));
  for (const token of [...settings.named.values(), ...settings.extra]) {
    if (!contents.has(contentOf(token))) {
      contents.add(contentOf(token));
      pending.push(typeof token === 'string' ? specialToken(token) : token);
    }
  }
  return pending.map((token) => (names.has(token.content) ? makeSpecial(token) : token));
}

function makeSpecial(token: AddedToken): AddedToken {
  return { ...token, special: true };
}

function specialToken(content: string): AddedToken {
  return { content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
}

function fingerprint(token: AddedToken): string {
  return JSON.stringify([
    token.content,
    token.single_word,
    token.lstrip,
    token.rstrip,
    token.normalized,
    token.special,
  ]);
}
