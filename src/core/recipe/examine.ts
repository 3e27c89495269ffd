import { modelTypeOf } from '../model/modelType';
import { checkFiles, checkRecipe, type Machine, type RecipeFiles } from './check';
import { parseRecipe, type Recipe } from './parse';
import type { RecipeProblem } from './problem';
import { configFile } from './recipePaths';
import { byPlace } from './report';

/** The files around a recipe; paths are those of the recipe, relative ones start in its folder. */
export interface ExaminedFiles extends RecipeFiles {
  /** Null for what isn't there or can't be read. */
  readText(path: string): Promise<string | null>;
}

export interface Examination {
  /** null: the text is no recipe. */
  readonly recipe: Recipe | null;
  /** Sorted by place. */
  readonly problems: readonly RecipeProblem[];
}

/** All that can be said about a recipe before it runs. `machine`: what it will run on, where that is known. */
export async function examineRecipe(
  text: string,
  { file, machine, files }: { readonly file: string; readonly machine: Machine | null; readonly files: ExaminedFiles },
): Promise<Examination> {
  const parsed = parseRecipe(text, { file });
  if (!parsed.ok) return { recipe: null, problems: parsed.error };
  const recipe = parsed.value;
  const { model } = recipe.values;
  const modelType = modelTypeOf(await files.readText(configFile(model.model_name_or_path)));
  const facts = { ...(machine === null ? {} : { machine }), ...(modelType === null ? {} : { modelType }) };
  return { recipe, problems: byPlace([...checkRecipe(recipe, facts), ...(await checkFiles(recipe, files))]) };
}
