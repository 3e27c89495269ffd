import type { ResolvedRecipe } from '../../protocol/trainer';
import type { Recipe } from './parse';

/** The recipe with every key of the schema. `recipeFile` is absolute; relative paths of the recipe start in its folder. */
export declare function resolveRecipe(recipe: Recipe, recipeFile: string): ResolvedRecipe;

/** "yoda" for "/x/yoda.tune.yaml". */
export declare function recipeName(recipeFile: string): string;
