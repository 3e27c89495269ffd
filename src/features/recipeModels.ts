import * as vscode from 'vscode';
import { DisposableStore } from '../common/disposable';
import { message } from '../common/message';
import type { FullRecipe } from '../core/recipe/schema/recipe';
import type { WorkerClient } from '../engine/worker/client';
import { RequestError } from '../protocol/channel';
import type { GpuMemory, ModelCalls, ModelRead } from '../protocol/model';
import type { ResolvedRecipe } from '../protocol/trainer';
import { folderToWatch, watchModelFolder } from './recipeModelsFiles';
import { Gpus } from './recipeModelsGpus';
import { hubMayHelp, mayAskHub } from './recipeModelsHub';
import { type Occasion, OpenRecipes } from './recipeModelsOpen';
import { openSource, type RecipeSource } from './recipeSource';

export interface RecipeModel {
  /** What the last reading told; it stays while the model is read anew. Null before the first. */
  readonly read: ModelRead | null;
  readonly reading: boolean;
  /** All values of the recipe as its text last was one; null where it never was. */
  readonly recipe: FullRecipe | null;
  /** Whether the text as it is now is a recipe. */
  readonly whole: boolean;
}

type EstimateParams = ModelCalls['estimateMemory']['params'];

const UNKNOWN: RecipeModel = { read: null, reading: false, recipe: null, whole: true };

interface Entry {
  readonly uri: vscode.Uri;
  readonly state: RecipeModel;
  readonly resolved: ResolvedRecipe | null;
  /** Which model `read` or the reading under way is about. */
  readonly model: string | null;
  readonly asked: AbortController | null;
  readonly watching: vscode.Disposable | null;
}

/**
 * The structure of each open recipe's model, read by the worker before anything runs. It is read anew when the recipe names
 * another model or the files change. The Hub is asked for a model that isn't on this machine when its recipe is opened or
 * saved in a trusted workspace, and when a person says so; never for what is being typed.
 */
export class RecipeModels implements vscode.Disposable {
  readonly #worker: WorkerClient;
  readonly #entries = new Map<string, Entry>();
  readonly #gpus: Gpus;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  /** Another structure, other values, or a reading began or ended. */
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeGpus: vscode.Event<void>;

  constructor(worker: WorkerClient) {
    this.#worker = worker;
    this.#gpus = this.#store.add(new Gpus(worker));
    this.onDidChangeGpus = this.#gpus.onDidChange;
    this.#store.add(
      new OpenRecipes({
        onText: (source, occasion) => void this.#update(source, occasion),
        onClosed: (uri) => this.#forget(uri),
      }),
    );
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#trusted()));
  }

  stateOf(uri: vscode.Uri): RecipeModel {
    return this.#entries.get(uri.toString())?.state ?? UNKNOWN;
  }

  /** What is known of this model, which the text of the recipe names; null where another was read, or none yet. */
  readOf(uri: vscode.Uri, model: FullRecipe['model']): ModelRead | null {
    const entry = this.#entries.get(uri.toString());
    return entry?.model === modelKey(model) ? entry.state.read : null;
  }

  /** As of the last look, which `refreshGpus` makes. */
  get gpus(): readonly GpuMemory[] {
    return this.#gpus.all;
  }

  /** Rejects where the worker was ended. */
  async estimate(facts: EstimateParams): Promise<ModelCalls['estimateMemory']['result']> {
    const ask = () => this.#worker.request('estimateMemory', facts);
    // Once more: the worker may have been ended for something else that it did.
    return ask().catch(ask);
  }

  async refreshGpus(): Promise<void> {
    await this.#gpus.refresh();
  }

  /** Reads the headers from the Hub where the model isn't on this machine. */
  async readFromHub(uri: vscode.Uri): Promise<void> {
    await this.#read(uri, true);
  }

  /** The files may be others now, such as after a download. */
  async readAgain(uri: vscode.Uri): Promise<void> {
    await this.#read(uri, false);
  }

  dispose(): void {
    for (const { uri } of this.#entries.values()) this.#forget(uri);
    this.#store.dispose();
  }

  async #update(source: RecipeSource, occasion: Occasion): Promise<void> {
    const { uri, text } = source;
    // The schema takes a while to load: what never opens a recipe should not pay for it.
    const [{ parseRecipe }, { resolveRecipe, fullRecipe }] = await Promise.all([
      import('../core/recipe/parse'),
      import('../core/recipe/resolve'),
    ]);
    if (openSource(uri) === null) return; // closed meanwhile
    const parsed = parseRecipe(text, { file: uri.fsPath });
    const before = this.#entries.get(uri.toString());
    if (!parsed.ok) return this.#set(uri, { state: { ...this.stateOf(uri), whole: false } });
    const recipe = fullRecipe(parsed.value);
    const resolved = resolveRecipe(parsed.value, uri.fsPath);
    const model = modelKey(recipe.model);
    this.#set(uri, { resolved, state: { ...this.stateOf(uri), recipe, whole: true } });
    const online =
      occasion !== 'changed' && mayAskHub(uri) && (before?.model !== model || hubMayHelp(before.state.read));
    if (before?.model !== model || online) await this.#read(uri, online, model);
  }

  async #read(
    uri: vscode.Uri,
    online: boolean,
    model = this.#entries.get(uri.toString())?.model ?? null,
  ): Promise<void> {
    const entry = this.#entries.get(uri.toString());
    if (entry?.resolved === null || entry === undefined) return;
    const { resolved } = entry;
    entry.asked?.abort();
    const asked = new AbortController();
    // Another model's structure is not shown for this one meanwhile.
    const kept = entry.model === model ? entry.state.read : null;
    this.#set(uri, { model, asked, state: { ...entry.state, read: kept, reading: true } });
    const read = await this.#ask(resolved, online, asked.signal);
    if (asked.signal.aborted || read === null) return;
    const now = this.#entries.get(uri.toString());
    now?.watching?.dispose();
    this.#set(uri, {
      asked: null,
      watching: this.#watch(uri, resolved, read),
      state: { ...this.stateOf(uri), read, reading: false },
    });
  }

  async #ask(recipe: ResolvedRecipe, online: boolean, signal: AbortSignal): Promise<ModelRead | null> {
    const ask = (): Promise<ModelRead> => this.#worker.request('readModel', { recipe, online }, { signal });
    try {
      // Once more: the worker may have been ended for something else that it did, and starts afresh.
      return await ask().catch((error: unknown) => {
        if (signal.aborted) throw error;
        return ask();
      });
    } catch (error) {
      if (signal.aborted) return null;
      const words = error instanceof RequestError ? error.words : { text: '{0}', args: [String(error)] };
      const remedy = message('Save the recipe to read its model again.');
      return { kind: 'trouble', trouble: { kind: 'unknown', severity: 'warning', message: words, remedy, file: null } };
    }
  }

  #watch(uri: vscode.Uri, recipe: ResolvedRecipe, read: ModelRead): vscode.Disposable | null {
    const folder = folderToWatch(recipe, read);
    return folder === null ? null : watchModelFolder(folder, () => void this.readAgain(uri));
  }

  #trusted(): void {
    for (const { uri, state } of this.#entries.values())
      if (hubMayHelp(state.read) && mayAskHub(uri)) void this.readFromHub(uri);
  }

  #set(uri: vscode.Uri, change: Partial<Entry> & { readonly state: RecipeModel }): void {
    const blank = { uri, resolved: null, model: null, asked: null, watching: null };
    this.#entries.set(uri.toString(), { ...blank, ...this.#entries.get(uri.toString()), ...change });
    this.#changed.fire(uri);
  }

  #forget(uri: vscode.Uri): void {
    const entry = this.#entries.get(uri.toString());
    entry?.asked?.abort();
    entry?.watching?.dispose();
    if (this.#entries.delete(uri.toString())) this.#changed.fire(uri);
  }
}

function modelKey({ model_name_or_path: name, revision }: FullRecipe['model']): string {
  return JSON.stringify([name, revision]);
}
