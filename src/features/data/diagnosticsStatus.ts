import * as vscode from 'vscode';

/** A sweep that is over before this is not worth a word. */
const DELAY_MS = 700;

export interface ShownSweep {
  readonly progress: (rows: number) => void;
  readonly end: () => void;
}

/** One item in the status bar while files are checked; a click ends that. */
export class SweepStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('tunebook.datasetCheck', vscode.StatusBarAlignment.Left, 40);
  readonly #sweeps = new Set<{ readonly name: string; rows: number; readonly shownFrom: number }>();

  constructor(command: string) {
    this.#item.name = vscode.l10n.t('Dataset check');
    this.#item.command = command;
  }

  begin(uri: vscode.Uri): ShownSweep {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const sweep = { name, rows: 0, shownFrom: Date.now() + DELAY_MS };
    this.#sweeps.add(sweep);
    return {
      progress: (rows) => {
        sweep.rows = rows;
        this.#show();
      },
      end: () => {
        this.#sweeps.delete(sweep);
        this.#show();
      },
    };
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(): void {
    const shown = [...this.#sweeps].filter(({ shownFrom }) => Date.now() >= shownFrom);
    const [first] = shown;
    if (first === undefined) return this.#item.hide();
    const rows = first.rows.toLocaleString(vscode.env.language);
    this.#item.text = `$(loading~spin) ${vscode.l10n.t('Checking rows: {0}', rows)}`;
    this.#item.tooltip = vscode.l10n.t(
      'Tunebook looks for problems in {0}. Click to cancel.',
      shown.map(({ name }) => name).join(', '),
    );
    this.#item.show();
  }
}
