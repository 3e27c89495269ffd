import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { createPanel, webviewPort } from '../../platform/webviewPanel';
import { Channel } from '../../protocol/channel';
import type { ModelAsks, ModelTells } from '../../protocol/modelPanel';
import { showInRecipe } from '../showInRecipe';
import { setPanelValues } from './panelChanges';
import { PanelLook } from './panelLook';
import type { ModelServices } from './services';

interface PanelPlace {
  readonly recipe: vscode.Uri;
  readonly recipeName: string;
  readonly extensionUri: vscode.Uri;
  readonly restored: vscode.WebviewPanel | null;
}

/** The model panel of one recipe, in a tab beside it. */
export class ModelPanelView implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #channel: Channel<ModelTells, ModelAsks>;
  readonly #store = new DisposableStore();

  constructor(
    { recipe, recipeName, extensionUri, restored }: PanelPlace,
    services: ModelServices,
    onClosed: () => void,
  ) {
    const { models } = services;
    const title = vscode.l10n.t('Model: {0}', recipeName);
    const column = vscode.ViewColumn.Beside;
    const panel = createPanel(extensionUri, { name: 'model', title, subject: recipe, column, restored });
    this.#panel = panel;
    const look = this.#store.add(
      new PanelLook(recipe, recipeName, services, {
        onSetting: (setting) => void this.#tell('setting', setting),
        onPicture: (picture) => void this.#tell('picture', picture),
      }),
    );
    this.#channel = this.#store.add(
      new Channel<ModelTells, ModelAsks>(webviewPort(panel.webview), {
        ready: () => look.picture,
        setValues: (changes) => setPanelValues(recipe, changes),
        showInRecipe: async (path) => (await showInRecipe(recipe, path), null),
        readFromHub: async () => (await models.readFromHub(recipe), null),
        tryAgain: async () => (await models.readAgain(recipe), null),
        lookAtGpus: async () => (await models.refreshGpus(), null),
      }),
    );
    this.#store.add(panel.onDidDispose(onClosed));
    void look.begin();
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#store.dispose();
    this.#panel.dispose();
  }

  /** A tab that is hidden has no page to listen: it asks for everything when it is shown again. */
  async #tell<K extends keyof ModelTells>(name: K, params: ModelTells[K]['params']): Promise<void> {
    if (!this.#panel.visible) return;
    await this.#channel.request(name, params).catch(() => {});
  }
}
