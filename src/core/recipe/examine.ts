import { modelTypeOf } from '../model/modelType';
import { checkFiles, checkRecipe, type Machine, type RecipeFiles } from './check';
import { parseRecipe, type Recipe } from './parse';
import type { RecipeProblem } from './problem';
import { configFile } from './recipePaths';
import { byPlace } from './report';
import type { ModelRead } from '../../protocol/model';
import { modelProblems } from './modelProblems';

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

interface ExaminedWith {
  /** How problems name it. */
  readonly file: string;
  /** What it will run on, where that is known. */
  readonly machine: Machine | null;
  readonly files: ExaminedFiles;
  /** What its model's files tell; null where nobody has looked (yet). */
  readonly modelOf: (recipe: Recipe) => Promise<ModelRead | null>;
}

/** All that can be said about a recipe before it runs. */
export async function examineRecipe(
  text: string,
  { file, machine, files, modelOf }: ExaminedWith,
): Promise<Examination> {
  const parsed = parseRecipe(text, { file });
  if (!parsed.ok) return { recipe: null, problems: parsed.error };
  const recipe = parsed.value;
  const { model } = recipe.values;
  const modelType = modelTypeOf(await files.readText(configFile(model.model_name_or_path)));
  const read = await modelOf(recipe);
  const facts = {
    ...(machine === null ? {} : { machine }),
    ...(modelType === null ? {} : { modelType }),
    ...(read?.kind === 'structure' ? { structure: read.structure } : {}),
  };
  const own = [...checkRecipe(recipe, facts), ...(await checkFiles(recipe, files))];
  return {
    recipe,
    problems: byPlace(read?.kind === 'trouble' ? [...own, ...modelProblems(recipe, read.trouble, own)] : own),
  };
}
