import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import type { ModelPicture, ModelSetting, ModelShown } from '../../protocol/modelPanel';
import { openSource } from '../recipeSource';
import { settingOf } from './panelSetting';
import type { ModelServices } from './services';

interface Listeners {
  readonly onSetting: (setting: ModelSetting) => void;
  readonly onPicture: (picture: ModelPicture) => void;
}

/** What a panel shows of one recipe: the last model that could be read, and the recipe as it is now. */
export class PanelLook implements vscode.Disposable {
  readonly #recipe: vscode.Uri;
  readonly #recipeName: string;
  readonly #services: ModelServices;
  readonly #listeners: Listeners;
  readonly #store = new DisposableStore();
  #shown: ModelShown | null = null;
  #setting: ModelSetting;

  constructor(recipe: vscode.Uri, recipeName: string, services: ModelServices, listeners: Listeners) {
    this.#recipe = recipe;
    this.#recipeName = recipeName;
    this.#services = services;
    this.#listeners = listeners;
    this.#setting = settingOf(recipe, services, null);
    const same = (uri: vscode.Uri): void => {
      if (uri.toString() === recipe.toString()) this.#look();
    };
    this.#store.add(services.models.onDidChange(same));
    this.#store.add(services.models.onDidChangeGpus(() => this.#look()));
    this.#store.add(services.onDidChangeRun(same));
    this.#take();
  }

  get picture(): ModelPicture {
    return { recipeName: this.#recipeName, shown: this.#shown, setting: this.#setting };
  }

  /** Models are kept of recipes that are open: this one is opened without being shown. */
  async begin(): Promise<void> {
    void this.#services.models.refreshGpus();
    if (openSource(this.#recipe) !== null) return;
    try {
      await vscode.workspace.openTextDocument(this.#recipe);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const problem = { line: 1, message, remedy: vscode.l10n.t('Open a recipe that is there.') };
      this.#setting = { ...this.#setting, state: { kind: 'problems', problems: [problem] } };
      this.#listeners.onSetting(this.#setting);
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  #look(): void {
    const before = this.#shown;
    this.#take();
    if (this.#shown === before) this.#listeners.onSetting(this.#setting);
    else this.#listeners.onPicture(this.picture);
  }

  #take(): void {
    const { read } = this.#services.models.stateOf(this.#recipe);
    if (read?.kind === 'structure' && read.structure !== this.#shown?.structure)
      this.#shown = { structure: read.structure, source: read.source };
    this.#setting = settingOf(this.#recipe, this.#services, this.#setting);
  }
}
