import type * as vscode from 'vscode';
import type { Job } from '../job';

/** What this feature takes from the others. */
export interface RunServices {
  showCurves(runDirectories: readonly string[]): Promise<void>;
  /** The interpreter that trains this recipe, in a trusted workspace; null where the person declines. */
  trainerFor(recipe: vscode.Uri): Promise<{ readonly python: string; readonly trainerSource: string } | null>;
  readonly log: vscode.LogOutputChannel;
  /** Of this window's notebooks. */
  readonly jobs: () => readonly Job[];
  /** A step began, ended or went on. */
  onDidChangeJobs(listener: () => void): vscode.Disposable;
  /** A trainer came or went. */
  onDidChangeTrainers(listener: () => void): vscode.Disposable;
  /** The notebook of this window whose trainer writes this run; null where none does. */
  trainerOf(runDirectory: string): NotebookTrainer | null;
}

export interface NotebookTrainer {
  /** Ends the step at work in order; what waits is no longer wanted. */
  interrupt(): Promise<void>;
  /** Ends the trainer. */
  restart(): Promise<void>;
}
