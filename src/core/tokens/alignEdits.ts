/** The edits that normalizers are made of, as NormalizedString has them (tokenizers/src/tokenizer/normalizer.rs). */
import { type AlignedText, type Change, originEnd, originStart, transformAligned } from './align';
import { WHITESPACE } from './tokenizerUnicode';

export function mapChars(aligned: AlignedText, map: (char: string) => string): AlignedText {
  const changes: Change[] = [];
  let changed = false;
  for (const char of aligned.text) {
    const mapped = map(char);
    changed ||= mapped !== char;
    changes.push({ char: mapped, change: 0 });
  }
  return changed ? transformAligned(aligned, changes) : aligned;
}

/** Each character becomes one or several; the first of them replaces it. */
export function expandChars(aligned: AlignedText, expand: (char: string) => Iterable<string>): AlignedText {
  const changes: Change[] = [];
  for (const char of aligned.text) {
    let change = 0;
    for (const part of expand(char)) {
      changes.push({ char: part, change });
      change = 1;
    }
  }
  return transformAligned(aligned, changes);
}

export function filterChars(aligned: AlignedText, keep: (char: string) => boolean): AlignedText {
  const changes: Change[] = [];
  let last: string | null = null;
  let removed = 0;
  let removedFirst = 0;
  let any = false;
  for (const char of aligned.text) {
    if (!keep(char)) {
      removed++;
      any = true;
      continue;
    }
    if (last === null) {
      removedFirst = removed;
    } else {
      changes.push({ char: last, change: -removed });
    }
    last = char;
    removed = 0;
  }
  if (last !== null) {
    changes.push({ char: last, change: -removed });
  }
  return any ? transformAligned(aligned, changes, removedFirst) : aligned;
}

/** What is put before the first character comes from that character. Nothing is put before nothing. */
export function prependText(aligned: AlignedText, prefix: string): AlignedText {
  const { text } = aligned;
  if (text === '' || prefix === '') {
    return aligned;
  }
  const { starts, ends } = allOrigins(aligned);
  const before = Array.from({ length: prefix.length });
  return {
    text: prefix + text,
    shift: aligned.shift,
    origins: {
      starts: [...before.map(() => starts[0] ?? aligned.shift), ...starts],
      ends: [...before.map(() => ends[0] ?? aligned.shift), ...ends],
    },
  };
}

/** The content comes from the last character of what it replaces. */
export function replaceMatches(
  aligned: AlignedText,
  matches: Iterable<{ readonly start: number; readonly end: number }>,
  content: string,
): AlignedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let position = 0;
  let any = false;
  const copy = (until: number): void => {
    text += aligned.text.slice(position, until);
    for (let index = position; index < until; index++) {
      starts.push(originStart(aligned, index));
      ends.push(originEnd(aligned, index));
    }
  };
  for (const { start, end } of matches) {
    any = true;
    copy(start);
    text += content;
    for (let unit = 0; unit < content.length; unit++) {
      starts.push(end === 0 ? aligned.shift : originStart(aligned, end - 1));
      ends.push(end === 0 ? aligned.shift : originEnd(aligned, end - 1));
    }
    position = end;
  }
  if (!any) {
    return aligned;
  }
  copy(aligned.text.length);
  return { text, shift: aligned.shift, origins: { starts, ends } };
}

/** lrstrip */
export function stripSpaces(aligned: AlignedText, left: boolean, right: boolean): AlignedText {
  const { text } = aligned;
  const end = right ? text.length - spacesAtEnd(text) : text.length;
  const start = left ? Math.min(spacesAtStart(text), end) : 0;
  if (start === 0 && end === text.length) {
    return aligned;
  }
  const { starts, ends } = allOrigins(aligned);
  return {
    text: text.slice(start, end),
    shift: aligned.shift,
    origins: { starts: starts.slice(start, end), ends: ends.slice(start, end) },
  };
}

/** White space is in the basic plane: one unit each. */
export function spacesAtStart(text: string): number {
  let count = 0;
  while (count < text.length && WHITESPACE.test(text.charAt(count))) {
    count++;
  }
  return count;
}

export function spacesAtEnd(text: string): number {
  let count = 0;
  while (count < text.length && WHITESPACE.test(text.charAt(text.length - 1 - count))) {
    count++;
  }
  return count;
}

function allOrigins(aligned: AlignedText): { readonly starts: readonly number[]; readonly ends: readonly number[] } {
  if (aligned.origins !== null) {
    return aligned.origins;
  }
  const starts: number[] = [];
  const ends: number[] = [];
  for (let index = 0; index < aligned.text.length; index++) {
    starts.push(originStart(aligned, index));
    ends.push(originEnd(aligned, index));
  }
  return { starts, ends };
}
