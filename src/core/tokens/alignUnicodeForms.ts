/** NFC, NFD, NFKC and NFKD that say where each character comes from, as unicode-normalization-alignments does. */
import { type AlignedText, type Change, transformAligned } from './align';
import { decomposes, isCombiningMark } from './tokenizerUnicode';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

export function normalizeForm(aligned: AlignedText, form: UnicodeForm): AlignedText {
  if (aligned.text.normalize(form) === aligned.text) {
    return aligned;
  }
  const decomposed = decompose(aligned.text, form === 'NFC' || form === 'NFD' ? 'NFD' : 'NFKD');
  return transformAligned(aligned, form === 'NFC' || form === 'NFKC' ? compose(decomposed) : decomposed);
}

/** decompose.rs: the first of a character's parts replaces it, the others are new; then canonical order. */
function decompose(text: string, form: 'NFD' | 'NFKD'): Change[] {
  const changes: Change[] = [];
  for (const char of text) {
    let change = 0;
    for (const part of decomposes(char) ? char.normalize(form) : char) {
      changes.push({ char: part, change });
      change = 1;
    }
  }
  for (let index = 1; index < changes.length; index++) {
    for (let at = index; at > 0 && swapsWithNext(changes, at - 1); at--) {
      const [first, second] = [changes[at - 1], changes[at]];
      if (first !== undefined && second !== undefined) {
        changes[at - 1] = second;
        changes[at] = first;
      }
    }
  }
  return changes;
}

/** JavaScript doesn't tell combining classes, but it sorts by them. */
function swapsWithNext(changes: readonly Change[], index: number): boolean {
  const first = changes[index]?.char ?? '';
  const second = changes[index + 1]?.char ?? '';
  return isMark(first) && isMark(second) && wantsAfter(second, first);
}

/** recompose.rs */
function compose(decomposed: readonly Change[]): Change[] {
  const out: Change[] = [];
  let starter = -1;
  for (const change of decomposed) {
    const last = out[starter];
    if (last !== undefined && !isBlocked(out, starter, change.char)) {
      const composed = (last.char + change.char).normalize('NFC');
      if (isOne(composed) && decomposes(composed)) {
        out[starter] = { char: composed, change: last.change + change.change - 1 };
        continue;
      }
    }
    if (!isMark(change.char)) {
      starter = out.length;
    }
    out.push(change);
  }
  return out;
}

/** Whether a mark of the same or a higher combining class, or a starter, stands between. */
function isBlocked(out: readonly Change[], starter: number, char: string): boolean {
  const before = out.at(-1);
  return before !== undefined && out.length - 1 > starter && !wantsAfter(before.char, char);
}

/** Whether canonical order puts `second` behind `first` for being of a higher class. */
function wantsAfter(first: string, second: string): boolean {
  return first !== second && (second + first).normalize('NFD') === first + second;
}

function isOne(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xff_ff);
}

const marks = new Map<string, boolean>();

/** Whether its combining class isn't 0: then U+0334 (class 1) or U+0345 (class 240) changes places with it. */
function isMark(char: string): boolean {
  let mark = marks.get(char);
  if (mark === undefined) {
    mark =
      isCombiningMark(char) &&
      (char === '\u0345' ||
        char === '\u0334' ||
        (char + '\u0334').normalize('NFD') !== char.normalize('NFD') + '\u0334' ||
        ('\u0345' + char).normalize('NFD') !== '\u0345' + char.normalize('NFD'));
    marks.set(char, mark);
  }
  return mark;
}
