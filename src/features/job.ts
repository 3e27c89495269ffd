import type * as vscode from 'vscode';
import type { StepName } from '../protocol/trainer';

/** A trainer at work, as the status bar tells it. */
export interface Job {
  readonly recipe: vscode.Uri;
  readonly name: string;
  readonly step: StepName;
  readonly trainStep: number | null;
  readonly totalSteps: number | null;
  readonly loss: number | null;
  readonly etaSeconds: number | null;
}
