import type * as vscode from 'vscode';
import type { StepOutput } from '../../protocol/outputs';
import type { StepName } from '../../protocol/trainer';
import { sectionCells } from '../recipeCells';
import { CellRun } from './cellRun';

/** The runs of a notebook's cells that wait or go on, one a step at most. */
export class CellRuns {
  readonly #controller: vscode.NotebookController;
  readonly #runs = new Map<StepName, CellRun>();
  #order = 0;

  constructor(controller: vscode.NotebookController) {
    this.#controller = controller;
  }

  /** Shows these steps as waiting. A step without a cell runs all the same, unseen. */
  queue(notebook: vscode.NotebookDocument, steps: readonly StepName[]): void {
    const cells = sectionCells(notebook);
    for (const step of steps) {
      const cell = cells.get(step);
      if (cell === undefined || this.#live(step) !== null) continue;
      const after = this.#runs.get(step)?.applied ?? Promise.resolve();
      this.#runs.set(step, new CellRun(() => this.#controller.createNotebookCellExecution(cell), after));
    }
  }

  /** Times in milliseconds since the epoch: now, or when it happened. */
  start(step: StepName, startedAt = Date.now()): void {
    const run = this.#live(step);
    if (run?.waiting === true) run.start(++this.#order, startedAt);
  }

  show(output: StepOutput): void {
    this.#live(output.step)?.show(output);
  }

  end(step: StepName, success: boolean | undefined, endedAt = Date.now()): void {
    this.#live(step)?.end(success, endedAt);
  }

  /** Ends what is left of these steps with an error in the first of them. */
  fail(steps: readonly StepName[], title: string, details: string): void {
    const first = steps.find((step) => this.#live(step) !== null);
    if (first !== undefined) {
      this.start(first);
      this.#live(first)?.showError(title, details);
      this.end(first, false);
    }
    this.endAll(steps);
  }

  endAll(steps: readonly StepName[]): void {
    for (const step of steps) this.end(step, undefined);
  }

  /** The notebook was closed: its executions went with it. */
  forget(): void {
    for (const step of this.#runs.keys()) this.end(step, undefined);
    this.#runs.clear();
    this.#order = 0;
  }

  #live(step: StepName): CellRun | null {
    const run = this.#runs.get(step);
    return run === undefined || run.ended ? null : run;
  }
}
