/** Sets of characters as Python's `re` has them for text (not bytes). */
export type CharacterSet = (code: number) => boolean;

const WORD = /[\p{L}\p{N}_]/u;
const DIGIT = /\p{Nd}/u;
const SPACE = /\p{White_Space}/u;

export function isWord(code: number, ascii = false): boolean {
  return (!ascii || code < 128) && WORD.test(String.fromCodePoint(code));
}

/** \d, \w, \s and their opposites; null for another letter. */
export function classOf(letter: string, ascii: boolean): CharacterSet | null {
  const inRange = (code: number) => !ascii || code < 128;
  const classes: Readonly<Record<string, CharacterSet>> = {
    d: (code) => inRange(code) && DIGIT.test(String.fromCodePoint(code)),
    // str.isspace(): White_Space, and the four separators of ASCII
    s: (code) => (code >= 28 && code <= 31) || (inRange(code) && SPACE.test(String.fromCodePoint(code))),
    w: (code) => isWord(code, ascii),
  };
  const found = classes[letter.toLowerCase()];
  if (found === undefined) return null;
  return letter === letter.toLowerCase() ? found : (code) => !found(code);
}

/** With (?i): the set has the letter in either case. */
export function ignoringCase(has: CharacterSet): CharacterSet {
  return (code) => has(code) || has(lower(code)) || has(upper(code));
}

export function lower(code: number): number {
  return String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? code;
}

function upper(code: number): number {
  const text = String.fromCodePoint(code).toUpperCase();
  // 'ß'.toUpperCase() is two letters
  return Array.from(text).length === 1 ? (text.codePointAt(0) ?? code) : code;
}
