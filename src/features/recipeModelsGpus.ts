import * as vscode from 'vscode';
import type { WorkerClient } from '../engine/worker/client';
import type { GpuMemory } from '../protocol/model';

/** What is free changes with every program that runs, but no number is worth a process every second. */
const FRESH_MS = 5_000;

/** The GPUs of this machine, asked for when somebody looks. */
export class Gpus implements vscode.Disposable {
  readonly #worker: WorkerClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #gpus: readonly GpuMemory[] = [];
  #asking = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(worker: WorkerClient) {
    this.#worker = worker;
  }

  /** As of the last look; empty before the first, and on a machine without. */
  get all(): readonly GpuMemory[] {
    return this.#gpus;
  }

  async refresh(): Promise<void> {
    if (this.#asking || Date.now() - this.#askedAt < FRESH_MS) return;
    this.#asking = true;
    // Without an answer nothing is known: an estimate is then shown without a comparison.
    const gpus = await this.#worker.request('readGpus', null).catch(() => []);
    this.#asking = false;
    this.#askedAt = Date.now();
    if (JSON.stringify(gpus) === JSON.stringify(this.#gpus)) return;
    this.#gpus = gpus;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
