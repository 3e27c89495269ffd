import * as vscode from 'vscode';
import type { Recipe } from '../../core/recipe/parse';
import { hasErrors, type RecipeProblem } from '../../core/recipe/problem';
import type { FailedRun } from '../../core/run/failures/context';
import type { WorkerClient } from '../../engine/worker/client';
import type { ModelRead } from '../../protocol/model';
import type { Failure } from '../../protocol/trainer';
import type { RecipeFacts } from '../examineRecipe';
import { isRecipeNotebook } from '../recipeCells';
import type { RecipeModels } from '../recipeModels';
import type { FailureMark } from './failureMark';
import { FailureMarks } from './failureMarks';
import { fileOf } from '../recipeFile';
import type { MemoryFindings } from './memoryFindings';
import { toDiagnostic } from './toDiagnostic';
import type { TokenFindings } from './tokenFindings';
import { isRecipeText, notebookKey, notebookSource, openSources, textKey, textSource } from '../recipeSource';
import type { Place, RecipeSource } from '../recipeSource';

const DELAY_MS = 250;

export interface PlacedProblem extends Place {
  readonly problem: RecipeProblem;
}

interface Shown {
  readonly source: RecipeSource;
  readonly placed: readonly PlacedProblem[];
  /** The file of rows that `datasetLine` is a line of. */
  readonly dataset: vscode.Uri | null;
}

/**
 * Marks the problems of each open recipe, in its text and in the notebook's cells, and where the last run failed. Each form
 * that a file is open in is looked at and marked by itself, by RecipeSource.key.
 */
export class RecipeDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('tunebook');
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #shown = new Map<string, Shown>();
  /** How often each was looked at: what an earlier look found late is not shown. */
  readonly #looks = new Map<string, number>();
  readonly #failures = new FailureMarks();
  readonly #facts: RecipeFacts;
  /** What was last told of each recipe's model. */
  readonly #reads = new Map<string, ModelRead | null>();
  readonly #models: RecipeModels;
  readonly #worker: WorkerClient;
  readonly #log: vscode.LogOutputChannel;
  #tokens: TokenFindings | null = null;
  #memory: MemoryFindings | null = null;
  #totals = '';
  readonly #subscriptions: vscode.Disposable;

  constructor(
    machineOf: RecipeFacts['machineOf'],
    models: RecipeModels,
    worker: WorkerClient,
    log: vscode.LogOutputChannel,
  ) {
    this.#facts = { machineOf, readOf: (recipe, model) => models.readOf(recipe, model) };
    this.#models = models;
    this.#worker = worker;
    this.#log = log;
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#textChanged(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#textChanged(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(textKey(document))),
      workspace.onDidOpenNotebookDocument((notebook) => this.#notebookChanged(notebook)),
      workspace.onDidChangeNotebookDocument(({ notebook }) => this.#notebookChanged(notebook)),
      workspace.onDidCloseNotebookDocument((notebook) => this.#closed(notebookKey(notebook))),
      // Another dataset has other tokens; the recipe's text stays.
      workspace.onDidSaveTextDocument((document) => this.#datasetSaved(document)),
      models.onDidChange((recipe) => this.#modelRead(recipe)),
      models.onDidChangeGpus(() => this.#gpusRead()),
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
    const look = this.#nextLook(source.key);
    const isCurrent = (): boolean => this.#looks.get(source.key) === look;
    // The schema takes a while to load: a file that is only looked at in passing should not pay for it.
    const [{ examineRecipe }, { TokenFindings: Findings }, { MemoryFindings: Memory }] = await Promise.all([
      import('../examineRecipe'),
      import('./tokenFindings'),
      import('./memoryFindings'),
    ]);
    const tokens = (this.#tokens ??= new Findings(this.#worker, this.#log));
    const memory = (this.#memory ??= new Memory(this.#models));
    const { recipe, problems } = await examineRecipe(source.uri, source.text, this.#facts);
    if (!isCurrent()) return problems;
    const marked = (): readonly RecipeProblem[] => this.#mark(source, recipe, problems);
    const before = marked();
    if (recipe === null || hasErrors(problems)) return before;
    const [isLooked] = await Promise.all([tokens.look(source, recipe), memory.look(source, recipe)]);
    return isLooked && isCurrent() ? marked() : before;
  }

  /** With what the last look at the tokens found; a recipe that can't run has none. */
  #mark(source: RecipeSource, recipe: Recipe | null, own: readonly RecipeProblem[]): readonly RecipeProblem[] {
    const isWhole = recipe !== null && !hasErrors(own);
    const memory = isWhole ? (this.#memory?.problems(source, recipe) ?? []) : [];
    const problems = (isWhole ? this.#tokens?.added(source, recipe, [...own, ...memory]) : null) ?? own;
    const dataset = recipe === null ? null : fileOf(source.uri, recipe.values.data.path);
    const placed = problems.flatMap((problem) => {
      const place = source.placeOf(problem);
      return place === null ? [] : [{ ...place, problem }];
    });
    this.#show({ source, placed, dataset });
    return problems;
  }

  /** Where the last run failed, as long as a recipe is what it was then. */
  failuresIn(document: vscode.TextDocument): readonly FailureMark[] {
    return [...this.#shown.values()]
      .map(({ source }) => this.#failures.of(source))
      .filter((mark): mark is FailureMark => mark?.document === document);
  }

  /** run: what was told of it, which makes the fixes exact. */
  async showFailure(recipe: vscode.Uri, failure: Failure, run: FailedRun): Promise<void> {
    if (failure.kind === 'interrupted') return;
    const sources = openSources(recipe);
    await this.#failures.add(sources, failure, run);
    await Promise.all(sources.map((source) => this.refresh(source)));
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
    this.#collection.dispose();
  }

  #textChanged(document: vscode.TextDocument): void {
    if (isRecipeText(document)) this.#schedule(textKey(document), () => textSource(document));
  }

  #notebookChanged(notebook: vscode.NotebookDocument): void {
    if (isRecipeNotebook(notebook)) this.#schedule(notebookKey(notebook), () => notebookSource(notebook));
  }

  #schedule(key: string, source: () => RecipeSource): void {
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
    for (const [key, { source, dataset }] of this.#shown) {
      if (dataset?.toString() !== uri.toString()) continue;
      const open = openSources(source.uri).find((candidate) => candidate.key === key);
      if (open !== undefined) this.#schedule(key, () => open);
    }
  }

  /** Each keystroke changes something of a model; what its files tell is seldom new. */
  #modelRead(recipe: vscode.Uri): void {
    const { read } = this.#models.stateOf(recipe);
    if (this.#reads.get(recipe.toString()) === read) return;
    this.#reads.set(recipe.toString(), read);
    for (const source of openSources(recipe)) this.#schedule(source.key, () => source);
  }

  /** What is free changes all the time; what a GPU has doesn't. */
  #gpusRead(): void {
    const totals = this.#models.gpus.map(({ totalBytes }) => totalBytes).join();
    if (totals === this.#totals) return;
    this.#totals = totals;
    for (const { source } of this.#shown.values())
      for (const open of openSources(source.uri)) this.#schedule(open.key, () => open);
  }

  #nextLook(key: string): number {
    const look = (this.#looks.get(key) ?? 0) + 1;
    this.#looks.set(key, look);
    return look;
  }

  #closed(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#nextLook(key);
    this.#tokens?.forget(key);
    this.#memory?.forget(key);
    this.#clear(key);
  }

  #show(shown: Shown): void {
    const { source, placed, dataset } = shown;
    this.#clear(source.key);
    this.#shown.set(source.key, shown);
    const failed = this.#failures.of(source);
    for (const document of source.documents) {
      const marks = placed.filter((place) => place.document === document).map((place) => toDiagnostic(place, dataset));
      if (failed?.document === document) marks.push(failed.diagnostic);
      this.#collection.set(document.uri, marks);
    }
  }

  #clear(key: string): void {
    for (const { uri } of this.#shown.get(key)?.source.documents ?? []) this.#collection.delete(uri);
    this.#shown.delete(key);
  }
}
