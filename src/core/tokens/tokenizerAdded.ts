/** Tokens added beside the model's (tokenizers/src/tokenizer/added_vocabulary.rs). */
import { alignWhole, type AlignedText, sliceAligned } from './align';
import { spacesAtEnd, spacesAtStart } from './alignEdits';
import { flagAt, isJsonObject, type JsonObject, stringAt } from './tokenizerJson';
import { wrongValue } from './tokenizerProblem';
import { WORD } from './tokenizerUnicode';

export interface AddedToken {
  readonly content: string;
  readonly single_word: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

export function readAddedToken(value: unknown, path: string, file = 'tokenizer.json'): AddedToken {
  if (!isJsonObject(value)) {
    throw wrongValue(path, '{…}', file);
  }
  return addedTokenOf(value, path, file);
}

export function addedTokenOf(fields: JsonObject, path: string, file = 'tokenizer.json'): AddedToken {
  const special = flagAt(fields, 'special', path, false, file);
  return {
    content: stringAt(fields, 'content', path, file),
    single_word: flagAt(fields, 'single_word', path, false, file),
    lstrip: flagAt(fields, 'lstrip', path, false, file),
    rstrip: flagAt(fields, 'rstrip', path, false, file),
    normalized: flagAt(fields, 'normalized', path, !special, file),
    special,
  };
}

/** A part of a text: an added token, or (id null) something for the model. */
export interface AddedPart {
  readonly aligned: AlignedText;
  readonly id: number | null;
}

export type AddedSplitter = (aligned: AlignedText) => readonly AddedPart[];

/** Splits off what is looked for in the text as it is, normalises the rest and splits off what is looked for in that. */
export function addedSplitter(
  tokens: ReadonlyMap<number, AddedToken>,
  normalize: (aligned: AlignedText) => AlignedText,
): (text: string) => AddedPart[] {
  const plain: Needle[] = [];
  const normalized: Needle[] = [];
  for (const [id, token] of tokens) {
    if (token.normalized) {
      normalized.push({ id, token, text: normalize(alignWhole(token.content)).text });
    } else {
      plain.push({ id, token, text: token.content });
    }
  }
  const first = needleFinder(plain);
  const second = needleFinder(normalized);
  return (text) =>
    splitAdded(alignWhole(text), first).flatMap((part) =>
      part.id === null ? splitAdded(normalize(part.aligned), second) : [part],
    );
}

interface Needle {
  readonly id: number;
  readonly token: AddedToken;
  readonly text: string;
}

interface Found extends Needle {
  readonly start: number;
}

type Finder = (text: string, from: number) => Found | null;

/** The leftmost of them, of these the longest (MatchKind::LeftmostLongest). */
function needleFinder(needles: readonly Needle[]): Finder {
  const byFirst = new Map<string, Needle[]>();
  for (const needle of needles.toSorted((one, other) => other.text.length - one.text.length)) {
    if (needle.text !== '') {
      const first = needle.text.charAt(0);
      const same = byFirst.get(first);
      if (same === undefined) {
        byFirst.set(first, [needle]);
      } else {
        same.push(needle);
      }
    }
  }
  if (byFirst.size === 0) {
    return () => null;
  }
  const units = Array.from(byFirst.keys(), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const firsts = new RegExp(`[${units.join('')}]`, 'g');
  return (text, from) => {
    firsts.lastIndex = from;
    for (let at = firsts.exec(text); at !== null; at = firsts.exec(text)) {
      const needle = byFirst.get(at[0])?.find((candidate) => text.startsWith(candidate.text, at.index));
      if (needle !== undefined) {
        return { ...needle, start: at.index };
      }
    }
    return null;
  };
}

/** find_matches */
function splitAdded(aligned: AlignedText, find: Finder): AddedPart[] {
  const { text } = aligned;
  const parts: AddedPart[] = [];
  const push = (start: number, end: number, id: number | null): void => {
    if (end > start) {
      parts.push({ aligned: sliceAligned(aligned, start, end), id });
    }
  };
  let done = 0;
  let from = 0;
  for (let found = find(text, from); found !== null; found = find(text, from)) {
    const { token } = found;
    let { start } = found;
    let end = start + found.text.length;
    from = end;
    if (token.single_word && (touchesWord(text, start, -1) || touchesWord(text, end, 1))) {
      continue;
    }
    if (token.lstrip) {
      start = Math.max(start - spacesAtEnd(text.slice(0, start)), done);
    }
    if (token.rstrip) {
      end += spacesAtStart(text.slice(end));
    }
    push(done, start, null);
    push(start, end, found.id);
    done = end;
  }
  push(done, text.length, null);
  return parts;
}

function touchesWord(text: string, index: number, side: -1 | 1): boolean {
  const pair = side === 1 ? index : index - 2;
  const isPair = pair >= 0 && (text.codePointAt(pair) ?? 0) > 0xff_ff;
  const at = side === 1 || isPair ? pair : index - 1;
  return at >= 0 && at < text.length && WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}
