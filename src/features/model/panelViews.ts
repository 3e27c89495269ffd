import type * as vscode from 'vscode';
import { recipeName } from '../../core/recipe/resolve';
import { ModelPanelView } from './panelView';
import type { ModelServices } from './services';

/** The model panels that are open, one for each recipe. */
export class ModelPanels implements vscode.Disposable {
  readonly #views = new Map<string, ModelPanelView>();
  readonly #extensionUri: vscode.Uri;
  readonly #services: ModelServices;

  constructor(extensionUri: vscode.Uri, services: ModelServices) {
    this.#extensionUri = extensionUri;
    this.#services = services;
  }

  show(recipe: vscode.Uri, restored: vscode.WebviewPanel | null): void {
    const key = recipe.toString();
    const open = this.#views.get(key);
    if (open !== undefined) return open.reveal();
    const place = { recipe, recipeName: recipeName(recipe.fsPath), restored, extensionUri: this.#extensionUri };
    const close = (): void => {
      this.#views.get(key)?.dispose();
      this.#views.delete(key);
    };
    this.#views.set(key, new ModelPanelView(place, this.#services, close));
  }

  dispose(): void {
    for (const view of this.#views.values()) view.dispose();
  }
}
