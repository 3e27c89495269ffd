import type { ModelTrouble } from '../../protocol/model';
import type { RecipeModel } from '../recipeModels';
import type { ModelLook } from './look';

/** What the tree has to say. */
export type LayersState =
  | { readonly kind: 'noRecipe' }
  /** The text was never a recipe since it was opened. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'reading'; readonly model: string }
  /** Nothing is wrong: the model was never downloaded, and nobody has asked the Hub. */
  | { readonly kind: 'notHere'; readonly model: string }
  | { readonly kind: 'trouble'; readonly model: string; readonly trouble: ModelTrouble }
  | { readonly kind: 'model'; readonly look: ModelLook };

/** The state without a structure; null where there is one to look at. */
export function stateWithout({ read, reading, recipe, whole }: RecipeModel): LayersState | null {
  if (recipe === null) return whole ? { kind: 'noRecipe' } : { kind: 'broken' };
  const model = recipe.model.model_name_or_path;
  if (read === null) return { kind: 'reading', model };
  if (read.kind === 'structure') return null;
  if (reading) return { kind: 'reading', model };
  const { trouble } = read;
  return trouble.kind === 'offline' && trouble.severity === 'information'
    ? { kind: 'notHere', model }
    : { kind: 'trouble', model, trouble };
}
