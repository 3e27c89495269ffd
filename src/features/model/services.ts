import type * as vscode from 'vscode';
import type { EventOf } from '../../protocol/trainer';
import type { RecipeModels } from '../recipeModels';

/** What a trainer has told of a recipe's model. */
export interface ModelRun {
  /** Of the model that the trainer holds, with its adapter once there is one; null while it holds none. */
  readonly structure: EventOf<'structure'> | null;
  /** null without a trainer. */
  readonly device: EventOf<'device'> | null;
  /** Tokens of each row, once its tokenizer step ran. */
  readonly lengths: readonly number[] | null;
}

/** What this feature takes from the others. */
export interface ModelServices {
  readonly models: RecipeModels;
  /** The recipe that a command is about: what it was called on, or what is in front. */
  recipeInFront(argument?: unknown): vscode.Uri | null;
  /** null: it was never run in this window. */
  runOf(recipe: vscode.Uri): ModelRun | null;
  readonly onDidChangeRun: vscode.Event<vscode.Uri>;
  /** Of this workspace: how a person likes to look at layers. */
  readonly memento: vscode.Memento;
}
