import * as path from 'node:path';
import { message } from '../../common/message';
import { parseRecipe, type Recipe } from '../../core/recipe/parse';
import type { RecipeProblem } from '../../core/recipe/problem';
import { newRecipe } from '../../core/recipe/template';

import { type Override, withOverrides } from '../recipe/overrides';
import { readRecipe } from '../recipe/readRecipe';
import { Stopped } from '../stopped';

/** What is looked at. */
export interface Subject {
  /** Absolute; of a model by itself the place that a recipe for it would have. */
  readonly file: string;
  /** Whether a recipe says how the model is trained; else it is trained as the recipe that init writes would. */
  readonly isRecipe: boolean;
  /** The recipe, for a model of this model_type once it is known. */
  recipeFor(modelType: string | null): Recipe;
}

interface Wanted {
  readonly cwd: string;
  readonly overrides: readonly Override[];
  /** Of a model by itself: as if loaded in 4 bits. */
  readonly quantised: boolean;
}

export type Opened = { readonly subject: Subject } | { readonly problems: readonly RecipeProblem[] };

/** `name`: a recipe, the folder of a model, or a name on the Hub. */
export async function openSubject(name: string, { cwd, overrides, quantised }: Wanted): Promise<Opened> {
  if (/\.ya?ml$/i.test(name)) {
    // What only forbids a run, such as rows that aren't there, doesn't change what the model is.
    const { file, text } = await readRecipe(name, cwd, overrides);
    const parsed = parseRecipe(text, { file: name });
    if (!parsed.ok) return { problems: parsed.error };
    return { subject: { file, isRecipe: true, recipeFor: () => parsed.value } };
  }
  const recipeFor = (modelType: string | null): Recipe => {
    const text = newRecipe({
      model: name,
      dataset: './rows.jsonl',
      columns: null,
      quantised,
      ...(modelType === null ? {} : { modelType }),
    });
    const parsed = parseRecipe(withOverrides(text, overrides), { file: name });
    if (parsed.ok) return parsed.value;
    const [first] = parsed.error;
    throw new Stopped(
      first?.message ?? message('This is no recipe.'),
      first === undefined ? {} : { remedy: first.remedy },
    );
  };
  // a wrong --set is told before anything is read
  recipeFor(null);
  return { subject: { file: path.join(cwd, 'model.tune.yaml'), isRecipe: false, recipeFor } };
}
