/** What str.strip() and \s of Python's re take for white space; JavaScript lacks \x1c-\x1f and \x85, and has \ufeff. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

export const LEADING_SPACE = new RegExp(`^[${SPACE}]+`);
export const SPACES = new RegExp(`[${SPACE}]+`, 'g');
/** From lastIndex on. */
export const SPACES_HERE = new RegExp(`[${SPACE}]*`, 'y');
export const ONLY_SPACE = new RegExp(`^[${SPACE}]+$`);
const SPACE_CHARACTER = new RegExp(`[${SPACE}]`);

export function lstrip(text: string): string {
  return text.replace(LEADING_SPACE, '');
}

/** By hand: a regex that is anchored at the end takes quadratic time on long runs of spaces. */
export function rstrip(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE_CHARACTER.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
