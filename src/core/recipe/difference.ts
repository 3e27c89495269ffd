import type { TextEdit } from './problem';

/** The least piece of text to replace: what stays keeps its cursors and marks. */
export function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let common = 0;
  while (common < shorter - start && before.at(-1 - common) === after.at(-1 - common)) common++;
  return { range: { start, end: before.length - common }, newText: after.slice(start, after.length - common) };
}
