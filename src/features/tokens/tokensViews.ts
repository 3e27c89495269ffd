import type * as vscode from 'vscode';
import { recipeName } from '../../core/recipe/resolve';
import { TemplateDocuments } from './templateDocuments';
import { TokensPanel } from './tokensPanel';
import type { TokensSources } from './tokensLook';

/** The token views that are open, one for each recipe. */
export class TokensViews implements vscode.Disposable {
  readonly #panels = new Map<string, TokensPanel>();
  readonly #extensionUri: vscode.Uri;
  readonly #sources: TokensSources;
  readonly #documents = new TemplateDocuments();

  constructor(extensionUri: vscode.Uri, sources: TokensSources) {
    this.#extensionUri = extensionUri;
    this.#sources = sources;
  }

  show(recipe: vscode.Uri, restored: vscode.WebviewPanel | null): void {
    const key = recipe.toString();
    const open = this.#panels.get(key);
    if (open !== undefined) return open.reveal();
    const place = { recipe, recipeName: recipeName(recipe.fsPath), restored };
    const services = { ...this.#sources, extensionUri: this.#extensionUri, documents: this.#documents };
    const close = (): void => {
      this.#panels.get(key)?.dispose();
      this.#panels.delete(key);
    };
    this.#panels.set(key, new TokensPanel(place, services, close));
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
    this.#documents.dispose();
  }
}
