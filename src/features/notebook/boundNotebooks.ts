import * as vscode from 'vscode';

const EXTENSION = 'tunebook.tunebook';

/**
 * The notebooks that the editor has bound to our controller. Only in these can an execution of a cell be made, and the editor
 * forgets it when a notebook is closed: it binds anew when a person runs a cell, or when it is asked to.
 */
export class BoundNotebooks implements vscode.Disposable {
  readonly #controller: vscode.NotebookController;
  readonly #bound = new Set<string>();
  readonly #did = new vscode.EventEmitter<vscode.NotebookDocument>();
  readonly #subscription: vscode.Disposable;
  readonly onDidBind = this.#did.event;

  constructor(controller: vscode.NotebookController) {
    this.#controller = controller;
    this.#subscription = controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
      if (!selected) this.#bound.delete(notebook.uri.toString());
      else {
        this.#bound.add(notebook.uri.toString());
        this.#did.fire(notebook);
      }
    });
  }

  has({ uri }: vscode.NotebookDocument): boolean {
    return this.#bound.has(uri.toString());
  }

  /** Asks the editor to bind a notebook that it shows. Recipes have no other controller, so nobody loses a choice. */
  async bind(notebook: vscode.NotebookDocument): Promise<void> {
    const notebookEditor = vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
    if (notebookEditor === undefined || this.has(notebook)) return;
    const options = { notebookEditor, id: this.#controller.id, extension: EXTENSION };
    await vscode.commands.executeCommand('notebook.selectKernel', options);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#did.dispose();
  }
}
