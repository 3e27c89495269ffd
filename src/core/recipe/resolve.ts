import type { ResolvedRecipe } from '../../protocol/trainer';
import type { Recipe } from './parse';
import { type FullRecipe, recipeSchema } from './schema/recipe';

/** The recipe with every key of the schema. `recipeFile` is absolute; relative paths of the recipe start in its folder. */
export function resolveRecipe(recipe: Recipe, recipeFile: string): ResolvedRecipe {
  const { folder } = splitPath(recipeFile);
  return { name: recipeName(recipeFile), recipeFile, baseDirectory: folder, sections: fullRecipe(recipe) };
}

/** All values, those that aren't written by default. */
export function fullRecipe(recipe: Recipe): FullRecipe {
  return recipeSchema.parse(recipe.values);
}

/** "yoda" for "/x/yoda.tune.yaml". */
export function recipeName(recipeFile: string): string {
  const { name } = splitPath(recipeFile);
  return name.replace(/\.tune\.ya?ml$/i, '').replace(/\.ya?ml$/i, '') || name;
}

/** Of an absolute path of either kind of system: `core` has no node:path. */
function splitPath(file: string): { readonly folder: string; readonly name: string } {
  const isWindows = /^[a-z]:[\\/]|^\\\\/i.test(file);
  const cut = isWindows ? Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) : file.lastIndexOf('/');
  if (cut < 0) return { folder: '.', name: file };
  const folder = file.slice(0, cut);
  const isRoot = folder === '' || /^[a-z]:$/i.test(folder);
  return { folder: isRoot ? file.slice(0, cut + 1) : folder, name: file.slice(cut + 1) };
}
