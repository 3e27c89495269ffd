/**
 * Kinds of characters as Rust's libraries know them. Where these are older than JavaScript's Unicode, tables from the
 * tokenizers library say it (tools/parity/tokenizer_unicode.py). Patterns of tokenizer.json follow JavaScript's Unicode:
 * Oniguruma's differs in what Unicode 17 added alone.
 */
import { DECOMPOSES, MARKS, NONSPACING, PUNCTUATION, REMOVED } from './tokenizerUnicodeTables';

/** char::is_whitespace and \s of the regex crate: White_Space. JavaScript's \s has U+FEFF besides and lacks U+0085. */
export const WHITESPACE = /\p{White_Space}/u;

/** \w of the regex crate (UTS #18, Annex C). */
export const WORD_CLASS = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;

export const WORD = new RegExp(`[${WORD_CLASS}]`, 'u');

/** char::is_numeric: Nd, Nl, No. */
export function isNumeric(char: string): boolean {
  return /\p{N}/u.test(char);
}

export function isWhitespace(char: string): boolean {
  return WHITESPACE.test(char);
}

export const isRemovedByBert = charSet(REMOVED);
export const isNonspacing = charSet(NONSPACING);
export const isPunctuation = charSet(PUNCTUATION);
export const isCombiningMark = charSet(MARKS);
export const decomposes = charSet(DECOMPOSES);

/** `ranges`: ascending, in hexadecimal, "41-5a 61". */
function charSet(ranges: string): (char: string) => boolean {
  const pairs = ranges.split(' ').map((range) => range.split('-').map((point) => Number.parseInt(point, 16)));
  const firsts = Uint32Array.from(pairs, ([first]) => first ?? 0);
  const lasts = Uint32Array.from(pairs, ([first, last]) => last ?? first ?? 0);
  return (char) => {
    const point = char.codePointAt(0) ?? 0;
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lasts[middle] ?? 0) < point) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < firsts.length && (firsts[low] ?? 0) <= point;
  };
}
