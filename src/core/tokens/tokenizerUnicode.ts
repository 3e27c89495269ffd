/** Kinds of characters as Rust's libraries know them. */

/** char::is_whitespace and \s of the regex crate: White_Space. JavaScript's \s has U+FEFF besides and lacks U+0085. */
export const WHITESPACE = /\p{White_Space}/u;

/** \w of the regex crate (UTS #18, Annex C). */
export const WORD_CLASS = String.raw`\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}`;

export const WORD = new RegExp(`[${WORD_CLASS}]`, 'u');

/** char::is_ascii_punctuation, or unicode_categories' is_punctuation. */
export const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/u;

/** char::is_numeric: Nd, Nl, No. */
export const NUMERIC = /\p{N}/u;

/** unicode_categories' is_other: Cc, Cf, Co, Cs, Cn. */
export const OTHER = /\p{C}/u;

export const NONSPACING = /\p{Mn}/u;

export const MARK = /\p{M}/u;
