import type * as vscode from 'vscode';
import type { ActualMemory } from '../protocol/modelPanel';
import type { EventOf } from '../protocol/trainer';

/** What the trainer of a recipe has told of its model. */
export interface ModelRun {
  /** Of the model that the trainer holds, with its adapter once there is one; null where the recipe says another by now. */
  readonly structure: EventOf<'structure'> | null;
  /** null without a trainer. */
  readonly device: EventOf<'device'> | null;
  /** Tokens of each row, once its tokenizer step ran. */
  readonly lengths: readonly number[] | null;
  readonly actual: ActualMemory | null;
}

export interface ModelRuns {
  /** null: it was never run in this window. */
  runOf(recipe: vscode.Uri): ModelRun | null;
  /** A step began or ended, a trainer came or went. */
  readonly onDidChangeRun: (listener: (recipe: vscode.Uri) => void) => vscode.Disposable;
}
