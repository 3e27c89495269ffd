import * as vscode from 'vscode';
import type { ModelPanels } from './panelViews';
import type { ModelServices } from './services';

/** The model panels; what they need is loaded with the first one. */
export class ModelPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #services: ModelServices;
  #panels: Promise<ModelPanels> | null = null;

  constructor(extensionUri: vscode.Uri, services: ModelServices) {
    this.#extensionUri = extensionUri;
    this.#services = services;
  }

  /** "Show Model Structure and Memory". restored: the tab, if a reloaded window has brought it back. */
  async show(recipe: vscode.Uri | null, restored: vscode.WebviewPanel | null = null): Promise<void> {
    if (recipe === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a recipe (*.tune.yaml) first.'));
      return;
    }
    this.#panels ??= import('./panelViews').then(
      (module) => new module.ModelPanels(this.#extensionUri, this.#services),
    );
    (await this.#panels).show(recipe, restored);
  }

  dispose(): void {
    void this.#panels?.then((panels) => panels.dispose());
  }
}
