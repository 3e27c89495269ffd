import { applyEdits, setRecipeValue } from './edit';
import type { TextEdit } from './problem';

interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** One edit that sets several values, whose places may lie in each other; null where one can't be set. */
export function setRecipeValues(text: string, changes: readonly Change[]): TextEdit | null {
  let changed = text;
  for (const { path, value } of changes) {
    const edit = setRecipeValue(changed, path, value);
    if (edit === null) return null;
    changed = applyEdits(changed, [edit]);
  }
  return difference(text, changed);
}

/** The least piece of text to replace. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let common = 0;
  while (common < shorter - start && before.at(-1 - common) === after.at(-1 - common)) common++;
  return { range: { start, end: before.length - common }, newText: after.slice(start, after.length - common) };
}
