import * as vscode from 'vscode';
import { STEP_OUTPUT_MIME, type StepOutput } from '../../protocol/outputs';
import { plainText } from './plainText';

/** One run of one cell: waits in the queue, runs, ends once. Its output is replaced in place, so that the renderer can patch. */
export class CellRun {
  readonly #execution: vscode.NotebookCellExecution;
  #output: vscode.NotebookCellOutput | null = null;
  #state: 'waiting' | 'running' | 'ended' = 'waiting';
  /** Writes of one cell go one after the other: the editor applies them as they come. */
  #writes: Promise<void> = Promise.resolve();

  constructor(execution: vscode.NotebookCellExecution) {
    this.#execution = execution;
  }

  get cell(): vscode.NotebookCell {
    return this.#execution.cell;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  start(order: number): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'running';
    this.#execution.executionOrder = order;
    this.#execution.start(Date.now());
    this.#write(() => this.#execution.clearOutput());
  }

  show(output: StepOutput): void {
    const items = [
      vscode.NotebookCellOutputItem.json(output, STEP_OUTPUT_MIME),
      vscode.NotebookCellOutputItem.text(plainText(output)),
    ];
    const existing = this.#output;
    if (existing !== null) {
      this.#write(() => this.#execution.replaceOutputItems(items, existing));
      return;
    }
    const created = new vscode.NotebookCellOutput(items);
    this.#output = created;
    this.#write(() => this.#execution.replaceOutput(created));
  }

  /** An error that belongs to no step's picture: the trainer could not be started, the recipe has problems. */
  showError(title: string, details: string): void {
    const error = new Error(details);
    error.name = title;
    error.stack = '';
    this.#output = null;
    this.#write(() =>
      this.#execution.replaceOutput(new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error(error)])),
    );
  }

  /** success undefined: neither well nor badly, as after an interrupt. */
  end(success: boolean | undefined): void {
    if (this.#state === 'ended') return;
    const waited = this.#state === 'waiting';
    this.#state = 'ended';
    // The API has no way to leave the queue but to start and end at once.
    if (waited) this.#execution.start();
    const endedAt = waited ? undefined : Date.now();
    void this.#writes.then(() => this.#execution.end(success, endedAt));
  }

  #write(act: () => Thenable<void>): void {
    // A closed notebook refuses writes; the run's own log has everything.
    this.#writes = this.#writes.then(act).then(undefined, () => {});
  }
}
