import type { Recipe } from './parse';
import type { RecipeProblem } from './problem';

/** What the trainer will run on, where that is known. */
export interface Machine {
  readonly device: 'cuda' | 'mps' | 'cpu';
  readonly bf16: boolean;
}

export interface CheckFacts {
  readonly machine?: Machine;
  /** `model_type` of the model's config.json, such as "phi3". */
  readonly modelType?: string;
}

/** Whether files exist; paths are those of the recipe, relative ones start in its folder. */
export interface RecipeFiles {
  exists(path: string): Promise<boolean>;
}

/** What the values of a recipe mean together: to be asked before a run. Sorted by place. */
export declare function checkRecipe(recipe: Recipe, facts?: CheckFacts): readonly RecipeProblem[];

/** The files that the recipe names and that don't exist. */
export declare function checkFiles(recipe: Recipe, files: RecipeFiles): Promise<readonly RecipeProblem[]>;
