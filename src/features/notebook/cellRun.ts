import * as vscode from 'vscode';
import { STEP_OUTPUT_MIME, type StepOutput } from '../../protocol/outputs';
import { plainText } from './plainText';

/** One run of one cell: waits in the queue, runs, ends once. Its output is replaced in place, so that the renderer can patch. */
export class CellRun {
  #execution: vscode.NotebookCellExecution | null = null;
  #output: vscode.NotebookCellOutput | null = null;
  #state: 'waiting' | 'running' | 'ended' = 'waiting';
  /** What is done to one cell goes one after the other: the editor applies it as it comes. */
  #acts: Promise<void>;

  /** `after`: the cell's former run has left the editor, which allows one execution a cell. */
  constructor(create: () => vscode.NotebookCellExecution, after: Promise<void>) {
    this.#acts = this.#create(create, after);
  }

  get waiting(): boolean {
    return this.#state === 'waiting';
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Resolves when all that was done so far is in the editor. */
  get applied(): Promise<void> {
    return this.#acts;
  }

  start(order: number, startedAt: number): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'running';
    this.#act((execution) => {
      execution.executionOrder = order;
      execution.start(startedAt);
      return execution.clearOutput();
    });
  }

  show(output: StepOutput): void {
    const items = [
      vscode.NotebookCellOutputItem.json(output, STEP_OUTPUT_MIME),
      vscode.NotebookCellOutputItem.text(plainText(output)),
    ];
    const existing = this.#output;
    if (existing !== null) {
      this.#act((execution) => execution.replaceOutputItems(items, existing));
      return;
    }
    const created = new vscode.NotebookCellOutput(items);
    this.#output = created;
    this.#act((execution) => execution.replaceOutput(created));
  }

  /** An error that belongs to no step's picture: the trainer could not be started, the recipe has problems. */
  showError(title: string, details: string): void {
    const error = new Error(details);
    error.name = title;
    error.stack = '';
    this.#output = null;
    const output = new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error(error)]);
    this.#act((execution) => execution.replaceOutput(output));
  }

  /** success undefined: neither well nor badly, as after an interrupt. */
  end(success: boolean | undefined, endedAt: number): void {
    if (this.#state === 'ended') return;
    const waited = this.#state === 'waiting';
    this.#state = 'ended';
    this.#act((execution) => {
      // The API has no way to leave the queue but to start and end at once.
      if (waited) execution.start();
      execution.end(success, waited ? undefined : endedAt);
    });
  }

  async #create(create: () => vscode.NotebookCellExecution, after: Promise<void>): Promise<void> {
    await after;
    try {
      this.#execution = create();
    } catch {
      // The notebook was closed, or isn't bound to our controller: what is done to its cell is not seen.
    }
  }

  #act(act: (execution: vscode.NotebookCellExecution) => Thenable<void> | void): void {
    const before = this.#acts;
    this.#acts = (async () => {
      await before;
      try {
        if (this.#execution !== null) await act(this.#execution);
      } catch {
        // A closed notebook refuses; the run's own log has everything.
      }
    })();
  }
}
