import * as path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { translations, words } from '../../platform/words';
import { createPanel, webviewPort } from '../../platform/webviewPanel';
import { Channel } from '../../protocol/channel';
import type { CurvesAsks, CurvesPicture, CurvesTells } from '../../protocol/curvesPanel';
import { FollowedRuns } from './followedRuns';
import { saveFile } from './saveFile';

export interface CurvesServices {
  /** Lets the person choose runs, with these chosen already; null where they decline. */
  pickRuns(shown: readonly string[]): Promise<readonly string[] | null>;
}

interface CurvesPlace {
  readonly extensionUri: vscode.Uri;
  readonly directories: readonly string[];
  readonly restored: vscode.WebviewPanel | null;
}

/** The curves of one run or of several, in a tab of their own. */
export class CurvesPanel implements vscode.Disposable {
  readonly runs: FollowedRuns;
  readonly #services: CurvesServices;
  readonly #panel: vscode.WebviewPanel;
  readonly #channel: Channel<CurvesTells, CurvesAsks>;
  readonly #store = new DisposableStore();
  #directories: readonly string[];

  constructor(place: CurvesPlace, services: CurvesServices, onClosed: () => void) {
    const { extensionUri, directories, restored } = place;
    this.#services = services;
    this.#directories = directories;
    const subject = vscode.Uri.file(directories[0] ?? '');
    const title = vscode.l10n.t('Curves: {0}', path.basename(subject.fsPath));
    const panel = createPanel(extensionUri, { name: 'curves', title, subject, restored });
    this.#panel = panel;
    this.runs = this.#store.add(
      new FollowedRuns({
        say: words,
        words: { language: vscode.env.language.toLowerCase(), translations: translations() },
        tell: async (update) => {
          await this.#tell('update', update);
          this.#setTitle();
        },
        compared: (comparison) => void this.#tell('comparison', comparison),
        isWatched: () => panel.visible,
      }),
    );
    this.#channel = this.#store.add(
      new Channel<CurvesTells, CurvesAsks>(webviewPort(panel.webview), {
        ready: () => this.#show(this.#directories),
        showRuns: (shown) => this.#show(shown),
        chooseRuns: async () => (await this.#choose(), null),
        openRun: async (directory) => (await run('openRunRecipe', directory), null),
        revealRun: async (directory) => (await run('revealRun', directory), null),
        stop: async (directory) => (await run('stopRun', directory), null),
        saveFile: ({ name, base64 }) => saveFile(name, base64, this.#directories),
      }),
    );
    this.#store.add(panel.onDidDispose(onClosed));
  }

  /** Whether it shows these runs, in whatever order. */
  shows(directories: readonly string[]): boolean {
    const shown = new Set(this.#directories);
    return shown.size === new Set(directories).size && directories.every((directory) => shown.has(directory));
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  dispose(): void {
    this.#store.dispose();
    this.#panel.dispose();
  }

  async #show(directories: readonly string[]): Promise<CurvesPicture> {
    this.#directories = directories;
    await this.runs.follow(directories);
    this.#setTitle();
    return this.runs.picture();
  }

  async #choose(): Promise<void> {
    const chosen = await this.#services.pickRuns(this.#directories);
    if (chosen === null || chosen.length === 0) return;
    // What is there keeps its place, and so its colour.
    const kept = this.#directories.filter((directory) => chosen.includes(directory));
    await this.#tell('picture', await this.#show([...new Set([...kept, ...chosen])]));
  }

  #setTitle(): void {
    const [first, ...others] = this.runs.runs.map(({ facts }) => facts.name);
    if (first === undefined) return;
    const name = others.length === 0 ? first : `${first} +${others.length}`;
    const title = vscode.l10n.t('Curves: {0}', name);
    if (this.#panel.title !== title) this.#panel.title = title;
  }

  /** A tab that is hidden has no page to listen: it asks for everything when it is shown again. */
  async #tell<K extends keyof CurvesTells>(name: K, params: CurvesTells[K]['params']): Promise<void> {
    if (!this.#panel.visible) return;
    await this.#channel.request(name, params).catch(() => {});
  }
}

/** What a person can do with a run is the same here as in the list of runs. */
function run(command: string, directory: string): Thenable<unknown> {
  return vscode.commands.executeCommand(`tunebook.${command}`, directory);
}
