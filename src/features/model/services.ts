import type * as vscode from 'vscode';
import type { ModelRuns } from '../modelRun';
import type { RecipeModels } from '../recipeModels';

/** What this feature takes from the others. */
export interface ModelServices extends ModelRuns {
  readonly models: RecipeModels;
  /** The recipe that a command is about: what it was called on, or what is in front. */
  recipeInFront(argument?: unknown): vscode.Uri | null;
  /** Of this workspace: how a person likes to look at layers. */
  readonly memento: vscode.Memento;
}
