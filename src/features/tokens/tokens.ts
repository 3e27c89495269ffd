import * as vscode from 'vscode';
import type { TokensSources } from './tokensLook';
import type { TokensViews } from './tokensViews';

/** The token views; what they need is loaded with the first one. */
export class Tokens implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #sources: TokensSources;
  #views: Promise<TokensViews> | null = null;

  constructor(extensionUri: vscode.Uri, sources: TokensSources) {
    this.#extensionUri = extensionUri;
    this.#sources = sources;
  }

  /** "Show Tokens and Labels". restored: the tab, if a reloaded window has brought it back. */
  async show(recipe: vscode.Uri | null, restored: vscode.WebviewPanel | null = null): Promise<void> {
    if (recipe === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a recipe (*.tune.yaml) first.'));
      return;
    }
    this.#views ??= import('./tokensViews').then((module) => new module.TokensViews(this.#extensionUri, this.#sources));
    (await this.#views).show(recipe, restored);
  }

  dispose(): void {
    void this.#views?.then((views) => views.dispose());
  }
}
