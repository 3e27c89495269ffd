import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { DisposableStore } from '../../common/disposable';
import { words } from '../../platform/words';
import type { ModelStructure } from '../../protocol/model';
import { hubMayHelp } from '../recipeModelsHub';
import { amountsIn } from '../../core/model/amounts';
import { type LayersState, stateWithout } from './layersState';
import { type LayerRow, LayersView } from './layersView';
import type { LayerModule } from './layerModules';
import type { LayerNode, LayersView as View } from './layerTree';
import type { ModelLook } from './look';
import type { Looks } from './looks';
import { loraSummary } from './summary';
import type { ModelServices } from './services';

const VIEW_KEY = 'tunebook.layersView';

export interface LayersShown {
  readonly kind: LayersState['kind'];
  readonly rows: readonly LayerRow[];
  readonly message: string;
  readonly description: string;
}

/** The tree of the recipe in front: what its model is made of, what becomes of it, and which of it LoRA changes. */
export class Layers implements vscode.Disposable {
  readonly #services: ModelServices;
  readonly #looks: Looks;
  readonly #store = new DisposableStore();
  readonly #view = this.#store.add(new LayersView());
  readonly onDidTick = this.#view.onDidTick;
  readonly #amounts = amountsIn(vscode.env.language);
  #recipe: vscode.Uri | null = null;
  #look: ModelLook | null = null;
  #kind: LayersState['kind'] = 'noRecipe';
  #drawn = 0;
  /** Ends the progress bar. */
  #endReading: (() => void) | null = null;

  constructor(services: ModelServices, looks: Looks) {
    this.#services = services;
    this.#looks = looks;
    const { models } = services;
    const look = (): void => void this.#lookInFront();
    this.#store.add(models.onDidChange((recipe) => this.#isShown(recipe) && look()));
    this.#store.add(services.onDidChangeRun((recipe) => this.#isShown(recipe) && look()));
    this.#store.add(vscode.window.onDidChangeActiveTextEditor(look));
    this.#store.add(vscode.window.onDidChangeActiveNotebookEditor(look));
    this.#store.add(vscode.window.tabGroups.onDidChangeTabs(look));
    look();
  }

  get recipe(): vscode.Uri | null {
    return this.#recipe;
  }

  /** Of the model that is shown. */
  get structure(): ModelStructure | null {
    return this.#look?.structure ?? null;
  }

  get modules(): readonly LayerModule[] {
    return this.#look?.layers ?? [];
  }

  /** The rows that are shown, and what stands around them. */
  get shown(): LayersShown {
    const { view, roots } = this.#view;
    return { kind: this.#kind, rows: roots, message: view.message ?? '', description: view.description ?? '' };
  }

  get by(): View {
    return this.#services.memento.get<View>(VIEW_KEY, 'byKind');
  }

  async lookBy(view: View): Promise<void> {
    await this.#services.memento.update(VIEW_KEY, view);
    await this.#lookInFront();
  }

  /** The row that has the keyboard's focus; null for one that is no layer. */
  focused(): Promise<LayerNode | null> {
    return this.#view.focused();
  }

  redraw(): void {
    this.#view.redraw();
  }

  dispose(): void {
    this.#endReading?.();
    this.#store.dispose();
  }

  /** What is no recipe changes nothing, as long as the recipe that was in front is open. */
  async #lookInFront(): Promise<void> {
    const inFront = this.#services.recipeInFront();
    if (inFront !== null) {
      this.#recipe = inFront;
      void this.#services.models.refreshGpus();
    }
    const drawing = ++this.#drawn;
    const state = await this.#state();
    if (drawing === this.#drawn) this.#show(state);
  }

  #isShown(recipe: vscode.Uri): boolean {
    return this.#recipe === null || recipe.toString() === this.#recipe.toString();
  }

  async #state(): Promise<LayersState> {
    const recipe = this.#recipe;
    if (recipe === null) return { kind: 'noRecipe' };
    const without = stateWithout(this.#services.models.stateOf(recipe));
    if (without !== null) return without;
    const look = await this.#looks.of(recipe);
    return look === null ? { kind: 'noRecipe' } : { kind: 'model', look };
  }

  #show(state: LayersState): void {
    void vscode.commands.executeCommand('setContext', 'tunebook.layers', state.kind);
    void vscode.commands.executeCommand('setContext', 'tunebook.layersView', this.by);
    const mayHelp = state.kind === 'trouble' && hubMayHelp(state);
    void vscode.commands.executeCommand('setContext', 'tunebook.layersHub', mayHelp);
    const { view } = this.#view;
    view.description = this.#description(state);
    view.message = this.#message(state);
    this.#kind = state.kind;
    this.#look = state.kind === 'model' ? state.look : null;
    this.#view.show(this.#look, this.by);
    this.#progress(state.kind === 'reading');
  }

  #description(state: LayersState): string {
    switch (state.kind) {
      case 'noRecipe':
      case 'broken':
        return '';
      case 'reading':
      case 'notHere':
      case 'trouble':
        return state.model;
      case 'model':
        return state.look.recipe.model.model_name_or_path;
      default:
        return assertNever(state);
    }
  }

  #message(state: LayersState): string {
    switch (state.kind) {
      case 'noRecipe':
      case 'broken':
      case 'notHere':
        return '';
      case 'reading':
        return vscode.l10n.t('Reading the structure of {0}…', state.model);
      case 'trouble':
        return `${sentence(words(state.trouble.message))} ${words(state.trouble.remedy)}`;
      case 'model':
        return loraSummary(state.look, this.#amounts);
      default:
        return assertNever(state);
    }
  }

  #progress(isReading: boolean): void {
    if (!isReading) {
      this.#endReading?.();
      this.#endReading = null;
      return;
    }
    if (this.#endReading !== null) return;
    const done = new Promise<void>((resolve) => {
      this.#endReading = resolve;
    });
    void vscode.window.withProgress({ location: { viewId: 'tunebook.layers' } }, () => done);
  }
}

/** A view's message has no lines: what doesn't end like a sentence gets its end. */
function sentence(text: string): string {
  return /[.!?。！？]$/.test(text) ? text : `${text}.`;
}
