import * as vscode from 'vscode';
import { isRecipeNotebook } from './recipeCells';
import { isRecipeText, notebookSource, openSource, type RecipeSource, textSource } from './recipeSource';

const DELAY_MS = 250;

/** opened: seen for the first time, or in its other form. saved: by a person, not by files.autoSave. */
export type Occasion = 'opened' | 'changed' | 'saved';

interface Listener {
  /** A moment after the last keystroke. */
  onText(source: RecipeSource, occasion: Occasion): void;
  onClosed(uri: vscode.Uri): void;
}

interface Due {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly occasion: Occasion;
}

/** Follows the text of every recipe that is open, as text or as a notebook. */
export class OpenRecipes implements vscode.Disposable {
  readonly #listener: Listener;
  readonly #due = new Map<string, Due>();
  readonly #subscriptions: vscode.Disposable;

  constructor(listener: Listener) {
    this.#listener = listener;
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#text(document, 'opened')),
      workspace.onDidChangeTextDocument(({ document }) => this.#text(document, 'changed')),
      workspace.onWillSaveTextDocument(({ document, reason }) => this.#text(document, occasionOf(reason))),
      workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri)),
      workspace.onDidOpenNotebookDocument((notebook) => this.#notebook(notebook, 'opened')),
      workspace.onDidChangeNotebookDocument(({ notebook }) => this.#notebook(notebook, 'changed')),
      workspace.onWillSaveNotebookDocument(({ notebook, reason }) => this.#notebook(notebook, occasionOf(reason))),
      workspace.onDidCloseNotebookDocument(({ uri }) => this.#closed(uri)),
      // A file open in both forms may have two texts: the one in front counts.
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#text(editor.document, 'changed')),
      vscode.window.onDidChangeActiveNotebookEditor((editor) => editor && this.#notebook(editor.notebook, 'changed')),
    );
    workspace.textDocuments.forEach((document) => this.#text(document, 'opened'));
    workspace.notebookDocuments.forEach((notebook) => this.#notebook(notebook, 'opened'));
  }

  dispose(): void {
    for (const { timer } of this.#due.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  #text(document: vscode.TextDocument, occasion: Occasion): void {
    if (isRecipeText(document)) this.#schedule(document.uri, occasion, () => textSource(document));
  }

  #notebook(notebook: vscode.NotebookDocument, occasion: Occasion): void {
    if (isRecipeNotebook(notebook)) this.#schedule(notebook.uri, occasion, () => notebookSource(notebook));
  }

  #schedule(uri: vscode.Uri, occasion: Occasion, source: () => RecipeSource): void {
    const key = uri.toString();
    const before = this.#due.get(key);
    clearTimeout(before?.timer);
    // Opening and saving say more than the keystroke that follows them at once.
    const told = occasion === 'changed' ? (before?.occasion ?? occasion) : occasion;
    const timer = setTimeout(() => {
      this.#due.delete(key);
      this.#listener.onText(source(), told);
    }, DELAY_MS);
    this.#due.set(key, { timer, occasion: told });
  }

  #closed(uri: vscode.Uri): void {
    // The same file may still be open in its other form: then that one counts.
    const remaining = openSource(uri);
    if (remaining !== null) return this.#schedule(uri, 'changed', () => remaining);
    clearTimeout(this.#due.get(uri.toString())?.timer);
    this.#due.delete(uri.toString());
    this.#listener.onClosed(uri);
  }
}

/** files.autoSave, on by default in a browser, saves what is half typed. */
function occasionOf(reason: vscode.TextDocumentSaveReason): Occasion {
  return reason === vscode.TextDocumentSaveReason.Manual ? 'saved' : 'changed';
}
