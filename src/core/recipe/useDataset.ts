import { applyEdits, removal, setRecipeValue } from './edit';
import { RecipeSource } from './source';

/** What belongs to the dataset that was there before: its columns, and which part of it on the Hub. */
const OF_THE_FORMER: readonly (readonly string[])[] = [
  ['data', 'columns'],
  ['data', 'name'],
  ['data', 'split'],
];

/**
 * The text of a recipe, or of its data section alone, with a file of chat rows as its data. Everything else stays as it is
 * written. Null where the text can't be changed: it is no YAML, or data is no mapping.
 */
export function useDataset(text: string, path: string): string | null {
  const edit = setRecipeValue(text, ['data', 'path'], path);
  if (edit === null) return null;
  let changed = applyEdits(text, [edit]);
  for (const former of OF_THE_FORMER) {
    const removed = removal(new RecipeSource(changed), former);
    if (removed !== null) changed = applyEdits(changed, [removed]);
  }
  // A removed last line takes its line end along; a cell's text has none there.
  return text.endsWith('\n') || text === '' ? changed : changed.replace(/\r?\n$/, '');
}
