import * as path from 'node:path';
import * as vscode from 'vscode';
import { message } from '../../common/message';
import type { WorkerClient } from '../../engine/worker/client';
import { createPanel, webviewPort } from '../../platform/webviewPanel';
import { Channel, type Handlers, RequestError } from '../../protocol/channel';
import type { FormatEnd, FormatPanelCalls } from '../../protocol/formatPanel';
import { chooseFile, chooseTarget } from './formatFiles';
import { FormatJob } from './formatJob';
import { openFile, openLine } from './formatOpen';
import { exists, freeTarget, proposedTarget, targetPath, typedTarget } from './formatTarget';
import { useInRecipe } from './formatUse';

const PREVIEW_ROWS = 20;

export interface FormatServices {
  readonly extensionUri: vscode.Uri;
  readonly worker: WorkerClient;
}

type NoCalls = Record<never, never>;

/** "Format as chat" of one file: the panel in its tab, and the conversion, which goes on while the tab is hidden. */
export class FormatPanel {
  static readonly #open = new Map<string, FormatPanel>();
  readonly #file: vscode.Uri;
  readonly #services: FormatServices;
  readonly #panel: vscode.WebviewPanel;
  readonly #job = new FormatJob();

  private constructor(file: vscode.Uri, services: FormatServices) {
    this.#file = file;
    this.#services = services;
    const title = vscode.l10n.t('Format {0}', path.basename(file.fsPath));
    this.#panel = createPanel(services.extensionUri, { name: 'format', title });
    const channel = new Channel<NoCalls, FormatPanelCalls>(webviewPort(this.#panel.webview), this.#handlers());
    this.#panel.onDidDispose(() => {
      FormatPanel.#open.delete(file.toString());
      channel.dispose();
      void this.#endWithTab();
    });
  }

  /** The panel of this file comes to the front; it is made if there is none. */
  static show(file: vscode.Uri, services: FormatServices): void {
    const open = FormatPanel.#open.get(file.toString());
    if (open === undefined) FormatPanel.#open.set(file.toString(), new FormatPanel(file, services));
    else open.#panel.reveal();
  }

  #handlers(): Handlers<FormatPanelCalls> {
    const source = this.#file.fsPath;
    const { worker } = this.#services;
    return {
      ready: () => ({
        name: path.basename(source),
        path: source,
        target: proposedTarget(source),
        unsaved: vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.fsPath === source),
        job: this.#job.state,
      }),
      preview: ({ mapping }, { signal }) =>
        worker.request('previewDataset', { path: source, mapping, rows: PREVIEW_ROWS }, { signal }),
      chooseTarget: async ({ target }) => {
        const chosen = await chooseTarget(source, target);
        return chosen === null ? null : typedTarget(source, chosen);
      },
      format: ({ mapping, target: typed, overwrite }, { progress }) => {
        const target = targetPath(source, typed);
        if (!overwrite && exists(target)) return existing(source, target);
        return this.#job.run(
          (signal, told) =>
            worker.request('formatDataset', { path: source, mapping, target, overwrite }, { signal, onProgress: told }),
          progress,
        );
      },
      follow: (_, { progress }) => this.#job.follow(progress),
      cancelFormat: async () => {
        await this.#job.cancel();
        return null;
      },
      openSourceLine: async ({ line }) => {
        await openLine(this.#file, line, this.#panel.viewColumn);
        return null;
      },
      openResult: async ({ file }) => {
        const { target, problemsFile } = this.#report();
        await openFile(file === 'target' ? target : (problemsFile ?? target), this.#panel.viewColumn);
        return null;
      },
      useInRecipe: () => useInRecipe(vscode.Uri.file(this.#report().target)),
      formatAnother: async () => {
        const file = await chooseFile(this.#file);
        if (file !== null) FormatPanel.show(file, this.#services);
        return null;
      },
    };
  }

  #report(): Extract<FormatEnd, { kind: 'done' }>['report'] {
    const { state } = this.#job;
    if (state?.kind !== 'done') throw new RequestError(message('There is no result yet: convert the file first.'));
    return state.report;
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

function existing(source: string, target: string): FormatEnd {
  return { kind: 'exists', target: typedTarget(source, target), free: typedTarget(source, freeTarget(target)) };
}
