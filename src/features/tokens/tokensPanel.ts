import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { createPanel, webviewPort } from '../../platform/webviewPanel';
import { Channel, RequestError } from '../../protocol/channel';
import type { TokensAsks, TokensPicture, TokensTells } from '../../protocol/tokenPanel';
import type { TokenView } from '../../protocol/tokenView';
import { message } from '../../common/message';
import { type LineToShow, showRow, showTemplate } from './showLine';
import { showInRecipe } from '../showInRecipe';
import type { TemplateDocuments } from './templateDocuments';
import { TokensLook, type TokensSources } from './tokensLook';
import { setInRecipe } from '../setInRecipe';

export interface TokensPanelServices extends TokensSources {
  readonly extensionUri: vscode.Uri;
  readonly documents: TemplateDocuments;
}

interface TokensPlace {
  readonly recipe: vscode.Uri;
  readonly recipeName: string;
  readonly restored: vscode.WebviewPanel | null;
}

/** The token view of one recipe, in a tab beside it. */
export class TokensPanel implements vscode.Disposable {
  readonly #recipe: vscode.Uri;
  readonly #services: TokensPanelServices;
  readonly #panel: vscode.WebviewPanel;
  readonly #look: TokensLook;
  readonly #channel: Channel<TokensTells, TokensAsks>;
  readonly #store = new DisposableStore();

  constructor({ recipe, recipeName, restored }: TokensPlace, services: TokensPanelServices, onClosed: () => void) {
    this.#recipe = recipe;
    this.#services = services;
    const title = vscode.l10n.t('Tokens: {0}', recipeName);
    const column = vscode.ViewColumn.Beside;
    const panel = createPanel(services.extensionUri, { name: 'tokens', title, subject: recipe, column, restored });
    this.#panel = panel;
    const look = this.#store.add(
      new TokensLook(recipe, recipeName, services, {
        onState: (state) => void this.#tell('state', state),
        onPicture: (picture) => this.#onPicture(picture),
      }),
    );
    this.#look = look;
    this.#channel = this.#store.add(
      new Channel<TokensTells, TokensAsks>(webviewPort(panel.webview), {
        ready: () => look.picture,
        setValues: (changes) => setInRecipe(recipe, changes),
        showInRecipe: async (path) => (await showInRecipe(recipe, path), null),
        showRow: async (leap) => (await showRow(this.#view(), this.#to(leap)), null),
        showTemplate: async (leap) => {
          await showTemplate(this.#view(), { documents: services.documents, recipeName }, this.#to(leap));
          return null;
        },
        askTrainer: async () => (await look.askTrainer(), null),
        readAllRows: async () => (await look.readAllRows(), null),
        tryAgain: async () => (await look.refresh(), null),
        stop: () => (look.stop(), null),
      }),
    );
    this.#store.add(panel.onDidDispose(onClosed));
    void look.refresh();
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#store.dispose();
    this.#panel.dispose();
  }

  #view(): TokenView {
    const { view } = this.#look.picture;
    if (view === null) throw new RequestError(message('There are no tokens yet.'));
    return view;
  }

  #to({ line, focus }: { readonly line: number; readonly focus: boolean }): LineToShow {
    return { line, focus, recipe: this.#recipe, besides: this.#panel.viewColumn };
  }

  #onPicture(picture: TokensPicture): void {
    const { view, recipeName } = picture;
    // a template that is open shows what the picture was made with
    if (view !== null) this.#services.documents.put(this.#recipe, recipeName, view.tokenizer.chatTemplate);
    void this.#tell('picture', picture);
  }

  /** A tab that is hidden has no page to listen: it asks for everything when it is shown again. */
  async #tell<K extends keyof TokensTells>(name: K, params: TokensTells[K]['params']): Promise<void> {
    if (!this.#panel.visible) return;
    await this.#channel.request(name, params).catch(() => {});
  }
}
