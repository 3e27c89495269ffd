import type * as vscode from 'vscode';
import type { StepName } from '../protocol/trainer';

/** A trainer at work, as the status bar tells it. */
export interface Job {
  /** null: its run directory doesn't say. */
  readonly recipe: vscode.Uri | null;
  readonly runDirectory: string | null;
  /** A notebook of this window has it. */
  readonly inNotebook: boolean;
  readonly name: string;
  /** null: between two steps. */
  readonly step: StepName | null;
  readonly trainStep: number | null;
  readonly totalSteps: number | null;
  readonly loss: number | null;
  readonly etaSeconds: number | null;
}
