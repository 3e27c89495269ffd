import type * as vscode from 'vscode';
import { CurvesPanel, type CurvesServices } from './curvesPanel';

/** The curves that are open: one tab for each set of runs. */
export class CurvesViews implements vscode.Disposable {
  readonly #panels = new Set<CurvesPanel>();
  readonly #extensionUri: vscode.Uri;
  readonly #services: CurvesServices;

  constructor(extensionUri: vscode.Uri, services: CurvesServices) {
    this.#extensionUri = extensionUri;
    this.#services = services;
  }

  show(directories: readonly string[], restored: vscode.WebviewPanel | null): CurvesPanel {
    const open = restored === null ? [...this.#panels].find((panel) => panel.shows(directories)) : undefined;
    if (open !== undefined) {
      open.reveal();
      return open;
    }
    const panel = new CurvesPanel({ extensionUri: this.#extensionUri, directories, restored }, this.#services, () => {
      this.#panels.delete(panel);
      panel.dispose();
    });
    this.#panels.add(panel);
    return panel;
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
  }
}
