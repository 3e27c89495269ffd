import * as vscode from 'vscode';
import type { WorkerClient } from '../../engine/worker/client';
import { RequestError } from '../../protocol/channel';
import { DatasetEntry, type SweepResult } from './diagnosticsEntry';
import { datasetFixes } from './diagnosticsFixes';
import { isDatasetText } from './diagnosticsLines';
import { toDiagnostics } from './diagnosticsMarks';
import { SweepStatus } from './diagnosticsStatus';

const EDIT_DELAY_MS = 250;
const SCROLL_DELAY_MS = 80;
const RECIPE_DELAY_MS = 500;
/** Only the status bar's item calls it. */
const CANCEL = 'tunebook.cancelDatasetCheck';

/**
 * Marks the problems of dataset files. Of an open one the lines that are shown are looked at at once, as they are in the
 * editor; a sweep in the background sees the rest of what is saved. All the work is the worker's.
 */
export class DatasetDiagnostics implements vscode.Disposable {
  readonly #worker: WorkerClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #collection = vscode.languages.createDiagnosticCollection('tunebook-dataset');
  readonly #status = new SweepStatus(CANCEL);
  readonly #entries = new Map<string, DatasetEntry>();
  readonly #subscriptions: vscode.Disposable;
  #recipeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(worker: WorkerClient, log: vscode.LogOutputChannel) {
    this.#worker = worker;
    this.#log = log;
    const { workspace, window } = vscode;
    const recipes = workspace.createFileSystemWatcher('**/*.tune.yaml');
    const recipesChanged = (): void => this.#recipesChanged();
    this.#subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      workspace.onDidSaveTextDocument((document) => this.#saved(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#scrolled(textEditor)),
      window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.#scrolled(editor))),
      recipes,
      recipes.onDidChange(recipesChanged),
      recipes.onDidCreate(recipesChanged),
      recipes.onDidDelete(recipesChanged),
      vscode.languages.registerCodeActionsProvider(
        [{ pattern: '**/*.jsonl' }, { language: 'jsonl' }],
        { provideCodeActions: (document, range, { diagnostics }) => this.#fixes(document, range, diagnostics) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
      vscode.commands.registerCommand(CANCEL, () => this.#entries.forEach((entry) => entry.cancelSweep())),
    );
    workspace.textDocuments.forEach((document) => this.#opened(document));
  }

  /** Sweeps over a file because a person asked, whether it is open or not. Rejects as the worker's requests do. */
  async check(uri: vscode.Uri, signal: AbortSignal, onRows: (rows: number) => void): Promise<SweepResult> {
    const entry = this.#entryOf(uri, this.#entries.get(uri.toString())?.document ?? null);
    const cancel = (): void => entry.cancelSweep();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await entry.sweep(onRows, { asked: true });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  dispose(): void {
    clearTimeout(this.#recipeTimer);
    for (const entry of this.#entries.values()) entry.dispose();
    this.#subscriptions.dispose();
    this.#status.dispose();
    this.#collection.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    if (!isDatasetText(document)) return;
    const entry = this.#entryOf(document.uri, document);
    entry.document = document;
    this.#refresh(entry);
  }

  #changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = this.#entries.get(document.uri.toString());
    if (entry?.document !== document || contentChanges.length === 0) return;
    entry.change(contentChanges);
    // undone, or read again from the disk: then the file is what the editor has
    entry.later('refresh', EDIT_DELAY_MS, () => this.#refresh(entry));
  }

  #saved(document: vscode.TextDocument): void {
    const entry = this.#entries.get(document.uri.toString());
    // a file that was given its name just now has not been opened as one of ours
    if (entry === undefined) this.#opened(document);
    else entry.later('refresh', 0, () => this.#refresh(entry));
  }

  #scrolled({ document }: vscode.TextEditor): void {
    const entry = this.#entries.get(document.uri.toString());
    if (entry?.document === document) entry.later('look', SCROLL_DELAY_MS, () => this.#run(entry.look()));
  }

  /** max_length, columns, or which file is trained on may be different now. */
  #recipesChanged(): void {
    clearTimeout(this.#recipeTimer);
    this.#recipeTimer = setTimeout(() => {
      for (const entry of this.#entries.values()) if (entry.document !== null) this.#refresh(entry);
    }, RECIPE_DELAY_MS);
  }

  #refresh(entry: DatasetEntry): void {
    this.#run(entry.look());
    const { document } = entry;
    if (document === null || document.isDirty || document.uri.scheme !== 'file') return;
    const { progress, end } = this.#status.begin(entry.uri);
    this.#run(entry.sweep(progress).finally(end));
  }

  /** What is cancelled, or can't be read, is no fault; what the worker says is for the log. */
  #run(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (error instanceof RequestError) this.#log.warn(error.message);
      else if (!(error instanceof Error && error.name === 'AbortError')) this.#log.error(String(error));
    });
  }

  #entryOf(uri: vscode.Uri, document: vscode.TextDocument | null): DatasetEntry {
    const key = uri.toString();
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = new DatasetEntry(uri, document, this.#worker, ({ problems, isAll }) => {
      if (this.#entries.get(key) === entry) this.#collection.set(uri, toDiagnostics(problems, isAll));
    });
    this.#entries.set(key, entry);
    if (document === null) entry.watching = this.#forgetWhenChanged(entry);
    return entry;
  }

  /** What was found in a file that isn't open is true until it changes. */
  #forgetWhenChanged(entry: DatasetEntry): vscode.Disposable {
    const folder = vscode.Uri.joinPath(entry.uri, '..');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'), true);
    const look = (uri: vscode.Uri): void => {
      if (entry.document === null && uri.toString() === entry.uri.toString()) this.#forget(uri);
    };
    return vscode.Disposable.from(watcher, watcher.onDidChange(look), watcher.onDidDelete(look));
  }

  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    this.#entries.get(key)?.dispose();
    this.#entries.delete(key);
    this.#collection.delete(uri);
  }

  #fixes(
    document: vscode.TextDocument,
    range: vscode.Range,
    diagnostics: readonly vscode.Diagnostic[],
  ): vscode.CodeAction[] {
    const entry = this.#entries.get(document.uri.toString());
    return entry?.document === document ? datasetFixes(document, entry.problems, range, diagnostics) : [];
  }
}
