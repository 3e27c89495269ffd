import type * as vscode from 'vscode';
import { parseRecipe } from '../../core/recipe/parse';
import { RecipeSource } from '../../core/recipe/source';
import { words } from '../../platform/words';
import type { ModelPanelState, ModelSetting } from '../../protocol/modelPanel';
import type { RecipeTrouble } from '../../protocol/tokenPanel';
import type { RecipeModel } from '../recipeModels';
import { hubMayHelp } from '../recipeModelsHub';
import { openSource } from '../recipeSource';
import { machineHere } from '../../engine/model/machineHere';
import type { ModelServices } from './services';

/** What is true of a recipe now. `before`: what was, for what isn't known while the recipe is closed. */
export function settingOf(recipe: vscode.Uri, services: ModelServices, before: ModelSetting | null): ModelSetting {
  const { models } = services;
  const model = models.stateOf(recipe);
  const run = services.runOf(recipe);
  const text = openSource(recipe)?.text ?? null;
  const full = model.recipe;
  return {
    state: stateOf(recipe, model, text),
    recipe: full ?? before?.recipe ?? null,
    hasLora: text === null ? (before?.hasLora ?? true) : new RecipeSource(text).pair(['lora']) !== null,
    machine: machineHere({
      deviceMap: full?.model.device_map ?? 'auto',
      gpus: models.gpus,
      device: run?.device ?? null,
    }),
    gpus: models.gpus,
    lengths: run?.lengths ?? null,
    actual: run?.actual ?? null,
  };
}

function stateOf(recipe: vscode.Uri, { read, reading, whole }: RecipeModel, text: string | null): ModelPanelState {
  if (!whole) return { kind: 'problems', problems: problemsOf(recipe, text) };
  if (reading || read === null) return { kind: 'reading' };
  return read.kind === 'trouble'
    ? { kind: 'trouble', trouble: read.trouble, hub: hubMayHelp(read) }
    : { kind: 'shown' };
}

function problemsOf(recipe: vscode.Uri, text: string | null): readonly RecipeTrouble[] {
  const parsed = text === null ? null : parseRecipe(text, { file: recipe.fsPath });
  if (parsed === null || parsed.ok) return [];
  return parsed.error.map(({ line, message, remedy }) => ({ line, message: words(message), remedy: words(remedy) }));
}
