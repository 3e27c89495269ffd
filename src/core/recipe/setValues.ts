import { difference } from './difference';
import { applyEdits, setRecipeValue } from './edit';
import type { TextEdit } from './problem';

interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** One edit that sets several values, whose places may lie in each other; null where one can't be set. */
export function setRecipeValues(text: string, changes: readonly Change[]): TextEdit | null {
  const changed = withRecipeValues(text, changes);
  return changed === null ? null : difference(text, changed);
}

/** The text of a recipe, or of one section alone, with these values; null where one can't be set. */
export function withRecipeValues(text: string, changes: readonly Change[]): string | null {
  let changed = text;
  for (const { path, value } of changes) {
    const edit = setRecipeValue(changed, path, value);
    if (edit === null) return null;
    changed = applyEdits(changed, [edit]);
  }
  return changed;
}
