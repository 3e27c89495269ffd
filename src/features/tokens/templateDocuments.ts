import * as vscode from 'vscode';

const SCHEME = 'tunebook-template';

/** Chat templates that are in no file of their own, as documents that can only be read. */
export class TemplateDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? null,
  });

  /** One document for each recipe; one that is open shows the new text. */
  put(recipe: vscode.Uri, recipeName: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${recipeName}/chat_template.jinja`,
      query: recipe.toString(),
    });
    const key = uri.toString();
    const former = this.#texts.get(key);
    this.#texts.set(key, text);
    if (former !== undefined && former !== text) this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
