import type * as vscode from 'vscode';
import type { Attach, Engine } from '../../engine/engine';
import type { LiveRun } from '../../engine/liveRuns';
import type { RecipeFacts } from '../examineRecipe';
import type { RunLevers } from './levers';
import type { Predict } from './predict';

export interface KernelServices {
  readonly log: vscode.LogOutputChannel;
  /** The engine that trains, after asking for whatever it lacks; null where the person declined. */
  engineFor(recipe: vscode.Uri): Promise<Engine | null>;
  /** Takes up a trainer that lives already. */
  readonly attach: Attach;
  runsDirectory(recipe: vscode.Uri): string;
  /** The runs of a folder whose trainers live and whose ids fit, oldest first. */
  liveRuns(runsDirectory: string, fits: (id: string) => boolean): Promise<readonly LiveRun[]>;
  readonly readOf: RecipeFacts['readOf'];
  readonly predict: Predict;
  readonly levers: RunLevers;
  wordsOfError(error: unknown): string;
}
