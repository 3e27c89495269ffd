/**
 * A text together with where each of its characters comes from: what tokenizers' NormalizedString is in Rust
 * (tokenizers/src/tokenizer/normalizer.rs). Rust counts bytes; every byte of a character has the same alignment there, so
 * counting UTF-16 units loses nothing.
 */
export interface AlignedText {
  readonly text: string;
  /** UTF-16 offset into the original text at which this piece of it begins. */
  readonly shift: number;
  /** For each unit of `text` the stretch of the original that it stands for; null: the original itself, from `shift` on. */
  readonly origins: Origins | null;
}

export interface Origins {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A character of the new text. */
export interface Change {
  readonly char: string;
  /** 1: it is new. 0: it replaces the next one of the old text. -n: the same, and n more after that are gone. */
  readonly change: number;
}

export function alignWhole(text: string): AlignedText {
  return { text, shift: 0, origins: null };
}

export function charLength(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xff_ff ? 2 : 1;
}

export function originStart(aligned: AlignedText, index: number): number {
  if (aligned.origins !== null) {
    return aligned.origins.starts[index] ?? aligned.shift;
  }
  return aligned.shift + (isSecondHalf(aligned.text, index) ? index - 1 : index);
}

export function originEnd(aligned: AlignedText, index: number): number {
  if (aligned.origins !== null) {
    return aligned.origins.ends[index] ?? aligned.shift;
  }
  const first = isSecondHalf(aligned.text, index) ? index - 1 : index;
  return aligned.shift + first + charLength(aligned.text, first);
}

/** A part of it, whose own `shift` is where its first character comes from (NormalizedString::slice). */
export function sliceAligned(aligned: AlignedText, start: number, end: number): AlignedText {
  if (start === 0 && end === aligned.text.length && aligned.origins === null) {
    return aligned;
  }
  return {
    text: aligned.text.slice(start, end),
    shift: start === end ? aligned.shift + start : originStart(aligned, start),
    origins: aligned.origins && {
      starts: aligned.origins.starts.slice(start, end),
      ends: aligned.origins.ends.slice(start, end),
    },
  };
}

/** NormalizedString::transform. `removedFirst`: how many characters at the very beginning are gone. */
export function transformAligned(aligned: AlignedText, changes: readonly Change[], removedFirst = 0): AlignedText {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let offset = skip(aligned.text, 0, removedFirst);
  for (const { char, change } of changes) {
    const from = change > 0 ? offset - 1 : offset;
    // Rust: "if idx < 1 { (0, 0) }", relative to the piece.
    const start = from < 0 ? aligned.shift : originStart(aligned, from);
    const end = from < 0 ? aligned.shift : originEnd(aligned, from);
    for (let unit = 0; unit < char.length; unit++) {
      starts.push(start);
      ends.push(end);
    }
    text += char;
    if (change <= 0) {
      offset = skip(aligned.text, offset, 1 - change);
    }
  }
  return { text, shift: aligned.shift, origins: { starts, ends } };
}

function skip(text: string, offset: number, chars: number): number {
  let index = offset;
  for (let left = chars; left > 0 && index < text.length; left--) {
    index += charLength(text, index);
  }
  return index;
}

function isSecondHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0xdc_00 || unit > 0xdf_ff || index === 0) {
    return false;
  }
  const before = text.charCodeAt(index - 1);
  return before >= 0xd8_00 && before <= 0xdb_ff;
}
