import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { parseRecipe } from '../../core/recipe/parse';
import { resolveRecipe } from '../../core/recipe/resolve';
import type { ResolvedRecipe } from '../../protocol/trainer';

const SUFFIX = '.tune.yaml';

/** The recipe that trains on this file: one of `named`, else one that lies beside it. Paths are absolute. */
export async function recipeOfDataset(dataset: string, named: readonly string[]): Promise<ResolvedRecipe | null> {
  const folder = path.dirname(dataset);
  const beside = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(SUFFIX))
    .toSorted()
    .map((name) => path.join(folder, name));
  for (const file of [...named, ...beside]) {
    const text = await readFile(file, 'utf8').catch(() => null);
    // what is wrong with a recipe is told when it is checked itself
    const parsed = text === null ? null : parseRecipe(text, { file });
    if (!parsed?.ok) continue;
    const recipe = resolveRecipe(parsed.value, file);
    const data = recipe.sections.data['path'];
    if (typeof data === 'string' && path.resolve(recipe.baseDirectory, data) === dataset) return recipe;
  }
  return null;
}
