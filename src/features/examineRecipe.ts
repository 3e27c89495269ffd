import * as path from 'node:path';
import * as vscode from 'vscode';
import { checkFiles, checkRecipe, type Machine } from '../core/recipe/check';
import { parseRecipe, type Recipe } from '../core/recipe/parse';
import type { RecipeProblem } from '../core/recipe/problem';
import { isPlainObject } from '../protocol/shape';

export interface Examination {
  /** null: the text is no recipe. */
  readonly recipe: Recipe | null;
  readonly problems: readonly RecipeProblem[];
}

/** All that can be said about a recipe before it runs. `machine`: what it will run on, once a trainer has told. */
export async function examineRecipe(uri: vscode.Uri, text: string, machine: Machine | null): Promise<Examination> {
  const parsed = parseRecipe(text, { file: uri.fsPath });
  if (!parsed.ok) return { recipe: null, problems: parsed.error };
  const recipe = parsed.value;
  const absolute = (name: string): vscode.Uri =>
    path.isAbsolute(name) ? uri.with({ path: vscode.Uri.file(name).path }) : vscode.Uri.joinPath(uri, '..', name);
  const modelType = await readModelType(recipe, absolute);
  const facts = { ...(machine === null ? {} : { machine }), ...(modelType === null ? {} : { modelType }) };
  const missing = await checkFiles(recipe, { exists: (name) => exists(absolute(name)) });
  return { recipe, problems: [...checkRecipe(recipe, facts), ...missing] };
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

/** `model_type` of a local model's config.json; null for a model of the Hub and wherever there is none. */
async function readModelType(recipe: Recipe, absolute: (name: string) => vscode.Uri): Promise<string | null> {
  const { model } = recipe.values;
  const folder = isPlainObject(model) ? model['model_name_or_path'] : null;
  if (typeof folder !== 'string') return null;
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(absolute(folder), 'config.json'));
    const config: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isPlainObject(config) && typeof config['model_type'] === 'string' ? config['model_type'] : null;
  } catch {
    return null;
  }
}
