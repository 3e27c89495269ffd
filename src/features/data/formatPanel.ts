import * as path from 'node:path';
import * as vscode from 'vscode';
import type { WorkerClient } from '../../engine/worker/client';
import { createPanel, webviewPort } from '../../platform/webviewPanel';
import { Channel } from '../../protocol/channel';
import type { FormatPanelCalls } from '../../protocol/formatPanel';
import { chooseFile } from './formatFiles';
import { formatHandlers } from './formatHandlers';
import { FormatJob } from './formatJob';

export interface FormatServices {
  readonly extensionUri: vscode.Uri;
  readonly worker: WorkerClient;
}

/** "Format as Chat" of one file: the panel in its tab, and the conversion, which goes on while the tab is hidden. */
export class FormatPanel {
  static readonly #open = new Map<string, FormatPanel>();
  readonly #file: vscode.Uri;
  readonly #panel: vscode.WebviewPanel;
  readonly #job = new FormatJob();

  private constructor(file: vscode.Uri, services: FormatServices, restored: vscode.WebviewPanel | null) {
    this.#file = file;
    const title = vscode.l10n.t('Format {0}', path.basename(file.fsPath));
    this.#panel = createPanel(services.extensionUri, { name: 'format', title, subject: file, restored });
    const handlers = formatHandlers({
      file,
      worker: services.worker,
      job: this.#job,
      column: () => this.#panel.viewColumn,
      formatAnother: async () => {
        const another = await chooseFile(file);
        if (another !== null) FormatPanel.show(another, services);
      },
    });
    const channel = new Channel<Record<never, never>, FormatPanelCalls>(webviewPort(this.#panel.webview), handlers);
    this.#panel.onDidDispose(() => {
      FormatPanel.#open.delete(file.toString());
      channel.dispose();
      void this.#endWithTab();
    });
  }

  /** The panel of this file comes to the front; it is made if there is none, in the tab that a reloaded window brought back. */
  static show(file: vscode.Uri, services: FormatServices, restored: vscode.WebviewPanel | null = null): void {
    const open = FormatPanel.#open.get(file.toString());
    if (open === undefined) FormatPanel.#open.set(file.toString(), new FormatPanel(file, services, restored));
    else open.#panel.reveal();
  }

  /** Who closes the tab sees no end any more, so there is none: nothing is written. */
  async #endWithTab(): Promise<void> {
    if (this.#job.state?.kind !== 'running') return;
    await this.#job.cancel();
    const name = path.basename(this.#file.fsPath);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The conversion of {0} was cancelled with its tab. Nothing was written.', name),
    );
  }
}
