/** Cutting an aligned text where a pattern matches: NormalizedString::split with tokenizers/src/tokenizer/pattern.rs. */
import { type AlignedText, sliceAligned } from './align';

export type SplitBehavior = 'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext' | 'Contiguous';

export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly match: boolean;
}

/** Finds where it matches; the answer covers the whole text. */
export type Pattern = (text: string) => readonly Stretch[];

export function regexPattern(regex: RegExp): Pattern {
  return (text) => {
    const stretches: Stretch[] = [];
    let end = 0;
    let matched = false;
    for (const found of text.matchAll(regex)) {
      // Rust's iterators (onig's FindMatches, regex's Matches) find nothing empty right behind a match.
      if (found[0] === '' && matched && found.index === end) {
        continue;
      }
      matched = true;
      if (found.index > end) {
        stretches.push({ start: end, end: found.index, match: false });
      }
      end = found.index + found[0].length;
      stretches.push({ start: found.index, end, match: true });
    }
    if (end < text.length) {
      stretches.push({ start: end, end: text.length, match: false });
    }
    return stretches;
  };
}

export function invertPattern(pattern: Pattern): Pattern {
  return (text) => pattern(text).map(({ start, end, match }) => ({ start, end, match: !match }));
}

export function splitAligned(aligned: AlignedText, pattern: Pattern, behavior: SplitBehavior): AlignedText[] {
  const parts: AlignedText[] = [];
  for (const { start, end } of arrange(pattern(aligned.text), behavior)) {
    if (end > start) {
      parts.push(sliceAligned(aligned, start, end));
    }
  }
  return parts;
}

type Range = { start: number; end: number };

function arrange(stretches: readonly Stretch[], behavior: SplitBehavior): readonly Range[] {
  switch (behavior) {
    case 'Isolated':
      return stretches;
    case 'Removed':
      return stretches.filter(({ match }) => !match);
    case 'Contiguous':
      return join(stretches, (match, before) => match === before);
    case 'MergedWithPrevious':
      return join(stretches, (match, before) => match && !before);
    case 'MergedWithNext':
      return join(stretches.toReversed(), (match, before) => match && !before).toReversed();
  }
}

/** Lets a stretch join the one before it in this order where `joins`. */
function join(stretches: readonly Stretch[], joins: (match: boolean, before: boolean) => boolean): Range[] {
  const ranges: Range[] = [];
  let before = false;
  for (const { start, end, match } of stretches) {
    const last = ranges.at(-1);
    if (last !== undefined && joins(match, before)) {
      last.start = Math.min(last.start, start);
      last.end = Math.max(last.end, end);
    } else {
      ranges.push({ start, end });
    }
    before = match;
  }
  return ranges;
}
