import type * as vscode from 'vscode';
import { Throttle } from '../../common/throttle';
import { lineChange } from '../../core/data/problems/shift';
import { ShownProblems } from '../../core/data/problems/shown';
import type { WorkerClient } from '../../engine/worker/client';
import type { DatasetProblem, SweepCalls } from '../../protocol/sweep';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { headOf, visibleLines } from './diagnosticsLines';
import { MAX_SHOWN } from './diagnosticsMarks';

const SHOW_EVERY_MS = 250;
/** What is shown is looked at without the recipe if that can't be found within this. */
const RECIPE_MS = 300;

export type SweepResult = SweepCalls['sweepDataset']['result'];

/** One dataset file: what is known of its problems, and the looks and sweeps under way. */
export class DatasetEntry {
  readonly uri: vscode.Uri;
  /** Null for a file that is checked without being open. */
  document: vscode.TextDocument | null;
  /** Of a file that isn't open: whether it changes. */
  watching: vscode.Disposable | null = null;
  readonly #worker: WorkerClient;
  readonly #shown = new ShownProblems();
  readonly #showing: Throttle;
  readonly #timers: Partial<Record<'look' | 'refresh', ReturnType<typeof setTimeout>>> = {};
  /** Which recipe trains on this file: found again with each sweep, since that takes a look at the workspace. */
  #recipe: Promise<ResolvedRecipe | null> | null = null;
  #looking = new AbortController();
  #sweeping: AbortController | null = null;
  /** Whether a sweep found more than can be shown. */
  #isLimited = false;
  #asked = false;

  constructor(
    uri: vscode.Uri,
    document: vscode.TextDocument | null,
    worker: WorkerClient,
    show: (entry: DatasetEntry) => void,
  ) {
    this.uri = uri;
    this.document = document;
    this.#worker = worker;
    this.#showing = new Throttle(SHOW_EVERY_MS, () => show(this));
  }

  get problems(): readonly DatasetProblem[] {
    return this.#shown.all(MAX_SHOWN);
  }

  get isAll(): boolean {
    return !this.#isLimited;
  }

  /** The text has changed: what is known moves with it, and what runs is out of date. */
  change(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    this.cancelSweep();
    this.#looking.abort();
    // all are given against the text as it was before
    const fromBelow = changes.toSorted((a, b) => b.range.start.compareTo(a.range.start));
    this.#shown.change(
      fromBelow.map(({ range: { start, end }, text }) =>
        lineChange({
          startLine: start.line,
          startColumn: start.character,
          endLine: end.line,
          endColumn: end.character,
          newText: text.replaceAll(/\r\n?/g, '\n'),
        }),
      ),
    );
    this.#showing.request();
  }

  /** Does this a little later; what was put off before is forgotten. */
  later(what: 'look' | 'refresh', delayMs: number, act: () => void): void {
    clearTimeout(this.#timers[what]);
    this.#timers[what] = setTimeout(act, delayMs);
  }

  /** Looks at the lines that are shown. */
  async look(): Promise<void> {
    const { document } = this;
    if (document === null || this.#shown.isWhole) return;
    this.#looking.abort();
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    // a large workspace takes its time; the sweep, or the next look, will know
    const recipe = await Promise.race([(this.#recipe ??= this.#findRecipe()), pause(RECIPE_MS)]);
    for (const { firstLine, lines } of visibleLines(document)) {
      if (signal.aborted) return;
      const problems = await this.#worker.request(
        'examineLines',
        { head: headOf(document), lines, firstLine, recipe },
        { signal },
      );
      if (signal.aborted) return;
      this.#shown.examined(firstLine, lines.length, problems);
    }
    this.#showing.request();
  }

  /** Sweeps over the file as it is saved. Rejects as the worker's requests do. */
  async sweep(onRows: (rows: number) => void, { asked = false } = {}): Promise<SweepResult> {
    this.cancelSweep();
    this.#asked ||= asked;
    const sweeping = new AbortController();
    this.#sweeping = sweeping;
    this.#shown.beginSweep();
    const recipe = this.#findRecipe();
    this.#recipe = recipe;
    let how: 'whole' | 'limited' | 'cut' = 'cut';
    try {
      const result = await this.#worker.request(
        'sweepDataset',
        { path: this.uri.fsPath, recipe: await recipe, limit: MAX_SHOWN, asked: this.#asked },
        {
          signal: sweeping.signal,
          onProgress: ({ rows, problems }) => {
            if (sweeping.signal.aborted) return;
            onRows(rows);
            this.#shown.swept(problems);
            if (problems.length > 0) this.#showing.request();
          },
        },
      );
      how = result.complete ? 'whole' : 'limited';
      return result;
    } finally {
      if (this.#sweeping === sweeping) {
        this.#sweeping = null;
        this.#isLimited = how === 'limited';
        this.#shown.endSweep(how);
        this.#showing.request();
      }
    }
  }

  cancelSweep(): void {
    const sweeping = this.#sweeping;
    this.#sweeping = null;
    sweeping?.abort();
    this.#shown.endSweep('cut');
  }

  dispose(): void {
    clearTimeout(this.#timers.look);
    clearTimeout(this.#timers.refresh);
    this.#looking.abort();
    this.cancelSweep();
    this.#showing.dispose();
    this.watching?.dispose();
  }

  async #findRecipe(): Promise<ResolvedRecipe | null> {
    // brings the schema of recipes with it
    const { recipeOf } = await import('./diagnosticsRecipe');
    return recipeOf(this.uri);
  }
}

function pause(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
