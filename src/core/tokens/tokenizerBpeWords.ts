/**
 * SentencePiece's way hands the model a whole text at once. Where no merge makes a token that has a ▁ behind something
 * else, none reaches over the start of a word, so words can be merged one by one and remembered. (In merge_word a known ▁
 * ends what is unknown before it, too.)
 */
import type { ModelToken } from './tokenizerVocab';

const MARK = '▁';
const INNER_MARK = /[^▁]▁/;
const MOST_KEPT = 50_000;

export function wordsAreApart(made: readonly string[], vocab: ReadonlyMap<string, number>): boolean {
  return vocab.has(MARK) && !made.some((token) => INNER_MARK.test(token));
}

export function wordByWord(
  tokenize: (word: string) => readonly ModelToken[],
): (piece: string) => readonly ModelToken[] {
  const kept = new Map<string, readonly ModelToken[]>();
  return (piece) => {
    const tokens: ModelToken[] = [];
    for (let start = 0; start < piece.length;) {
      const end = wordEnd(piece, start);
      const word = piece.slice(start, end);
      let found = kept.get(word);
      if (found === undefined) {
        if (kept.size >= MOST_KEPT) {
          kept.clear();
        }
        found = tokenize(word);
        kept.set(word, found);
      }
      for (const token of found) {
        tokens.push({ id: token.id, start: start + token.start, end: start + token.end });
      }
      start = end;
    }
    return tokens;
  };
}

/** Before the next ▁ that doesn't follow another one. */
function wordEnd(piece: string, start: number): number {
  let at = start;
  while (piece.startsWith(MARK, at)) {
    at++;
  }
  const next = piece.indexOf(MARK, at);
  return next === -1 ? piece.length : next;
}
