import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { message } from '../../common/message';
import type { TokensTrainer } from '../../engine/python/askTokens';
import type { WorkerClient } from '../../engine/worker/client';
import type { TokensPicture, TokensState } from '../../protocol/tokenPanel';
import type { TokenFinding, TokenView } from '../../protocol/tokenView';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { readRecipe, tokensKey } from './readRecipe';
import { type Refusal, refusal, refusalOf, refusedByTrainer, unreadable } from './refusals';
import { watchInputs } from './watchInputs';

/** After the last change, before tokens are made again. */
const DELAY_MS = 400;
const BATCHES = 2;
/** Enough for a picture; a person may ask for all. */
const FIRST_ROWS = 20_000;
/** A template that says nothing for so long is in an endless loop. */
const SILENCE_MS = 20_000;

export interface TokensSources {
  readonly worker: WorkerClient;
  /** What the trainer is asked through; null where the person declines or the workspace isn't trusted. */
  readonly trainerFor: (recipe: vscode.Uri) => Promise<TokensTrainer | null>;
}

interface Listeners {
  readonly onState: (state: TokensState) => void;
  readonly onPicture: (picture: TokensPicture) => void;
}

/** Keeps the tokens of one recipe: makes them anew when the recipe or a file behind it changes, one look at a time. */
export class TokensLook implements vscode.Disposable {
  readonly #recipe: vscode.Uri;
  readonly #sources: TokensSources;
  readonly #listeners: Listeners;
  readonly #store = new DisposableStore();
  readonly #recipeName: string;
  #state: TokensState = { kind: 'working', by: 'editor', rows: null };
  #view: TokenView | null = null;
  /** Of the recipe that the picture was made from. */
  #key: string | null = null;
  #rows: number | null = FIRST_ROWS;
  #running = new AbortController();
  #watching: vscode.Disposable | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(recipe: vscode.Uri, recipeName: string, sources: TokensSources, listeners: Listeners) {
    this.#recipe = recipe;
    this.#recipeName = recipeName;
    this.#sources = sources;
    this.#listeners = listeners;
    const same = (uri: vscode.Uri): void => {
      if (uri.toString() === recipe.toString()) this.#schedule(false);
    };
    const { workspace } = vscode;
    this.#store.add(workspace.onDidChangeTextDocument(({ document }) => same(document.uri)));
    this.#store.add(workspace.onDidChangeNotebookDocument(({ notebook }) => same(notebook.uri)));
    // Closed without saving, the recipe is what the disk has.
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => same(uri)));
    this.#store.add(workspace.onDidCloseNotebookDocument(({ uri }) => same(uri)));
  }

  get picture(): TokensPicture {
    return { recipeName: this.#recipeName, state: this.#state, view: this.#view };
  }

  /** Makes the tokens now, whatever was made before. */
  async refresh(): Promise<void> {
    this.#key = null;
    await this.#makeAnew();
  }

  async readAllRows(): Promise<void> {
    this.#rows = null;
    await this.refresh();
  }

  /** Python's own answer, where the editor can't give one. */
  async askTrainer(): Promise<void> {
    const recipe = await this.#read();
    if (recipe === null) return;
    const why = this.#findings().find(({ kind }) => kind === 'templateUnsupported' || kind === 'tokenizerUnreadable');
    const trainer = await this.#sources.trainerFor(this.#recipe);
    if (trainer === null) return;
    const { askTokens } = await import('../../engine/python/askTokens');
    await this.#make(recipe, 'trainer', async (signal) => {
      const answer = await askTokens({ ...trainer, recipe, batches: BATCHES, rows: this.#rows, signal });
      if (!answer.ok) throw refusedByTrainer(answer.error);
      const view = answer.value;
      return view.fallback === null && why !== undefined ? { ...view, fallback: why.message } : view;
    });
  }

  /** Ends what is under way; the last picture stays. */
  stop(): void {
    if (this.#state.kind !== 'working') return;
    this.#abort();
    this.#setState(this.#view === null ? refusal(message('Stopped as you asked.')) : { kind: 'shown' });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#abort();
    this.#watching?.dispose();
    this.#store.dispose();
  }

  /** `files`: something that the recipe's text doesn't tell of has changed. */
  #schedule(files: boolean): void {
    if (files) this.#key = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#makeAnew(), DELAY_MS);
  }

  async #makeAnew(): Promise<void> {
    const recipe = await this.#read();
    if (recipe === null) return;
    if (tokensKey(recipe) === this.#key) {
      if (this.#state.kind === 'problems') this.#setState({ kind: 'shown' });
      return;
    }
    const { worker } = this.#sources;
    await this.#make(recipe, 'editor', (signal) =>
      worker.request(
        'viewTokens',
        { recipe, batches: BATCHES, rows: this.#rows },
        { signal, silenceMs: SILENCE_MS, onProgress: ({ rows }) => this.#onRows(signal, rows) },
      ),
    );
  }

  /** Null after saying why there is no recipe to look at. */
  async #read(): Promise<ResolvedRecipe | null> {
    try {
      const read = await readRecipe(this.#recipe);
      if (read.ok) return read.value;
      this.#abort();
      this.#setState({ kind: 'problems', problems: read.error });
    } catch (error) {
      this.#abort();
      this.#setState(unreadable(error));
    }
    return null;
  }

  async #make(
    recipe: ResolvedRecipe,
    by: TokenView['source'],
    make: (signal: AbortSignal) => Promise<TokenView>,
  ): Promise<void> {
    if (this.#disposed) return;
    this.#abort();
    const running = new AbortController();
    this.#running = running;
    this.#watch(recipe);
    this.#key = tokensKey(recipe);
    this.#setState({ kind: 'working', by, rows: null });
    try {
      const view = await make(running.signal);
      if (running.signal.aborted) return;
      this.#view = view;
      this.#state = { kind: 'shown' };
      this.#listeners.onPicture(this.picture);
    } catch (error) {
      if (running.signal.aborted) return;
      // the same recipe may be tried again
      this.#key = null;
      const state = refusalOf(error);
      this.#setState(state);
      if (by === 'editor') await this.#explain(recipe, state, running.signal);
    }
  }

  /** A picture that can't be made is refused with one sentence: its remedies are asked for. */
  async #explain(recipe: ResolvedRecipe, state: Refusal, signal: AbortSignal): Promise<void> {
    try {
      const options = { signal, silenceMs: SILENCE_MS };
      const findings = await this.#sources.worker.request('examineTokens', { recipe, rows: this.#rows }, options);
      if (this.#state === state && findings.length > 0) this.#setState({ ...state, findings });
    } catch {
      // what can't be explained is told already
    }
  }

  /** Of the last look, whether it came to a picture or not. */
  #findings(): readonly TokenFinding[] {
    return this.#state.kind === 'failed' ? this.#state.findings : (this.#view?.findings ?? []);
  }

  #abort(): void {
    // What didn't come to its end has to be made when it is asked for again.
    if (this.#state.kind === 'working') this.#key = null;
    this.#running.abort();
  }

  #watch(recipe: ResolvedRecipe): void {
    this.#watching?.dispose();
    this.#watching = watchInputs(recipe, () => this.#schedule(true));
  }

  #onRows(signal: AbortSignal, rows: number): void {
    if (!signal.aborted) this.#setState({ kind: 'working', by: 'editor', rows });
  }

  #setState(state: TokensState): void {
    if (this.#disposed) return;
    this.#state = state;
    this.#listeners.onState(state);
  }
}
