import * as vscode from 'vscode';
import type { Machine } from '../../core/recipe/check';
import type { Recipe } from '../../core/recipe/parse';
import { hasErrors, type RecipeProblem } from '../../core/recipe/problem';
import type { WorkerClient } from '../../engine/worker/client';
import { words } from '../../platform/words';
import type { Failure } from '../../protocol/trainer';
import { isRecipeNotebook } from '../recipeCells';
import type { FailureMark } from './failureMark';
import { fileOf } from '../recipeFile';
import { severityOf } from '../severity';
import type { TokenFindings } from './tokenFindings';
import { isRecipeText, notebookSource, openSource, type Place, type RecipeSource, textSource } from '../recipeSource';

const DELAY_MS = 250;

export interface PlacedProblem extends Place {
  readonly problem: RecipeProblem;
}

interface Shown {
  readonly placed: readonly PlacedProblem[];
  readonly documents: readonly vscode.TextDocument[];
  /** The file of rows that `datasetLine` is a line of. */
  readonly dataset: vscode.Uri | null;
}

/** Marks the problems of each open recipe, in its text or in the notebook's cells, and where the last run failed. */
export class RecipeDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('tunebook');
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #shown = new Map<string, Shown>();
  /** How often each recipe was looked at: what an earlier look found late is not shown. */
  readonly #looks = new Map<string, number>();
  readonly #failures = new Map<string, { readonly text: string; readonly mark: FailureMark | null }>();
  readonly #machineOf: (recipe: vscode.Uri) => Machine | null;
  readonly #worker: WorkerClient;
  #tokens: TokenFindings | null = null;
  readonly #subscriptions: vscode.Disposable;

  constructor(machineOf: (recipe: vscode.Uri) => Machine | null, worker: WorkerClient) {
    this.#machineOf = machineOf;
    this.#worker = worker;
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#textChanged(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#textChanged(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document.uri)),
      workspace.onDidOpenNotebookDocument((notebook) => this.#notebookChanged(notebook)),
      workspace.onDidChangeNotebookDocument(({ notebook }) => this.#notebookChanged(notebook)),
      workspace.onDidCloseNotebookDocument(({ uri }) => this.#closed(uri)),
      // Another dataset has other tokens; the recipe's text stays.
      workspace.onDidSaveTextDocument((document) => this.#datasetSaved(document)),
    );
    workspace.textDocuments.forEach((document) => this.#textChanged(document));
    workspace.notebookDocuments.forEach((notebook) => this.#notebookChanged(notebook));
  }

  /** What is marked in a document, with its fixes. */
  placedIn(document: vscode.TextDocument): readonly PlacedProblem[] {
    return [...this.#shown.values()].flatMap(({ placed }) => placed.filter((place) => place.document === document));
  }

  /** Marks what the recipe's text shows, then what its tokens show; the problems found. */
  async refresh(source: RecipeSource): Promise<readonly RecipeProblem[]> {
    const look = this.#nextLook(source.uri);
    const isCurrent = (): boolean => this.#looks.get(source.uri.toString()) === look;
    // The schema takes a while to load: a file that is only looked at in passing should not pay for it.
    const [{ examineRecipe }, { TokenFindings: Findings }] = await Promise.all([
      import('../examineRecipe'),
      import('./tokenFindings'),
    ]);
    const tokens = (this.#tokens ??= new Findings(this.#worker));
    const { recipe, problems } = await examineRecipe(source.uri, source.text, this.#machineOf(source.uri));
    if (!isCurrent()) return problems;
    const marked = (): readonly RecipeProblem[] => this.#mark(source, recipe, problems);
    const before = marked();
    if (recipe === null || hasErrors(problems)) return before;
    return (await tokens.look(source.uri, recipe)) && isCurrent() ? marked() : before;
  }

  /** With what the last look at the tokens found; a recipe that can't run has none. */
  #mark(source: RecipeSource, recipe: Recipe | null, own: readonly RecipeProblem[]): readonly RecipeProblem[] {
    const isWhole = recipe !== null && !hasErrors(own);
    const problems = (isWhole ? this.#tokens?.added(source.uri, recipe, own) : null) ?? own;
    const dataset = recipe === null ? null : fileOf(source.uri, recipe.values.data.path);
    const placed = problems.flatMap((problem) => {
      const place = source.placeOf(problem);
      return place === null ? [] : [{ ...place, problem }];
    });
    this.#show(source, { placed, documents: source.documents, dataset });
    return problems;
  }

  async showFailure(recipe: vscode.Uri, failure: Failure): Promise<void> {
    const source = openSource(recipe);
    if (source === null || failure.kind === 'interrupted') return;
    const { markFailure } = await import('./failureMark');
    this.#failures.set(recipe.toString(), { text: source.text, mark: markFailure(source, failure) });
    await this.refresh(source);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
    this.#collection.dispose();
  }

  #textChanged(document: vscode.TextDocument): void {
    if (isRecipeText(document)) this.#schedule(document.uri, () => textSource(document));
  }

  #notebookChanged(notebook: vscode.NotebookDocument): void {
    if (isRecipeNotebook(notebook)) this.#schedule(notebook.uri, () => notebookSource(notebook));
  }

  #schedule(uri: vscode.Uri, source: () => RecipeSource): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.refresh(source());
      }, DELAY_MS),
    );
  }

  #datasetSaved({ uri, languageId }: vscode.TextDocument): void {
    if (languageId === 'yaml' || uri.scheme === 'vscode-notebook-cell') return;
    for (const [key, { dataset }] of this.#shown) {
      const source = dataset?.toString() === uri.toString() ? openSource(vscode.Uri.parse(key)) : null;
      if (source !== null) this.#schedule(source.uri, () => source);
    }
  }

  #nextLook(uri: vscode.Uri): number {
    const look = (this.#looks.get(uri.toString()) ?? 0) + 1;
    this.#looks.set(uri.toString(), look);
    return look;
  }

  #closed(uri: vscode.Uri): void {
    // The same file may still be open in its other form: then that one is marked again.
    const remaining = openSource(uri);
    if (remaining !== null) return this.#schedule(uri, () => remaining);
    clearTimeout(this.#timers.get(uri.toString()));
    this.#nextLook(uri);
    this.#tokens?.forget(uri);
    this.#clear(uri.toString());
  }

  #show(source: RecipeSource, shown: Shown): void {
    const key = source.uri.toString();
    const { placed, documents, dataset } = shown;
    this.#clear(key);
    this.#shown.set(key, shown);
    const failed = this.#failureMark(source);
    for (const document of documents) {
      const marks = placed.filter((place) => place.document === document).map((place) => toDiagnostic(place, dataset));
      if (failed?.document === document) marks.push(failed.diagnostic);
      this.#collection.set(document.uri, marks);
    }
  }

  #clear(key: string): void {
    for (const { uri } of this.#shown.get(key)?.documents ?? []) this.#collection.delete(uri);
    this.#shown.delete(key);
  }

  /** The last run's failure, as long as the recipe is what it was then. */
  #failureMark(source: RecipeSource): FailureMark | null {
    const key = source.uri.toString();
    const last = this.#failures.get(key);
    if (last === undefined || last.text === source.text) return last?.mark ?? null;
    this.#failures.delete(key);
    return null;
  }
}

function toDiagnostic({ range, problem }: PlacedProblem, dataset: vscode.Uri | null): vscode.Diagnostic {
  const text = `${words(problem.message)} ${words(problem.remedy)}`;
  const diagnostic = new vscode.Diagnostic(range, text, severityOf(problem.severity));
  diagnostic.source = 'tunebook';
  diagnostic.code = problem.kind;
  if (dataset !== null && typeof problem.datasetLine === 'number') {
    const line = new vscode.Location(dataset, new vscode.Position(problem.datasetLine - 1, 0));
    diagnostic.relatedInformation = [
      new vscode.DiagnosticRelatedInformation(line, vscode.l10n.t('The row that shows it')),
    ];
  }
  return diagnostic;
}
