import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError } from '../../engine/engineError';
import { PythonEngine, type PythonEngineOptions } from '../../engine/python/pythonEngine';
import { hasNvidiaGpu } from '../../engine/python/torchChoice';
import { readSettings, setPythonPath } from '../../platform/settings';
import { words } from '../../platform/words';
import { createWithProgress } from './createWithProgress';
import { pickPython } from './pickPython';
import { explainReadiness, readiness } from './readyPython';
import { TrainerFiles } from './trainerFiles';

/** Brings a person to a Python that can train, and the trainer to it. */
export class PythonSetup {
  readonly #files: TrainerFiles;
  readonly #log: vscode.LogOutputChannel;

  constructor(extensionPath: string, log: vscode.LogOutputChannel) {
    this.#files = new TrainerFiles(extensionPath);
    this.#log = log;
  }

  /** The engine that trains this recipe. Asks once where nothing is set up; null when the person declines. */
  async engineFor(recipe: vscode.Uri): Promise<Engine | null> {
    const trainer = await this.trainerFor(recipe);
    return trainer === null ? null : new PythonEngine(trainer);
  }

  /** The same, without an engine around it. */
  async trainerFor(recipe: vscode.Uri): Promise<PythonEngineOptions | null> {
    const python = (await this.#ready(recipe)) ?? ((await this.#offer(recipe)) ? await this.#ready(recipe) : null);
    return python === null ? null : { python, trainerSource: this.#files.source };
  }

  /** "Set Up Python Environment". True when there is one afterwards. */
  async setUp(recipe: vscode.Uri | null): Promise<boolean> {
    const folder =
      recipe === null ? (vscode.workspace.workspaceFolders?.[0]?.uri ?? null) : vscode.Uri.joinPath(recipe, '..');
    const lock = await this.#files.lock();
    const choice = await pickPython(folder, readSettings(recipe).pythonPath, lock, await downloadSize(), this.#log);
    if (choice === undefined) return false;
    return choice.kind === 'create' ? this.#create(recipe, choice.base) : this.#use(choice.python);
  }

  /** The interpreter that can train, or null after saying why there is none. */
  async #ready(recipe: vscode.Uri): Promise<string | null> {
    const state = await readiness(readSettings(recipe).pythonPath, await this.#files.lock());
    if (state.kind !== 'ready') return null;
    for (const { package: name, wanted, found } of state.otherVersions)
      this.#log.warn(`${name} ${found ?? ''} is installed, ${wanted} was tested`);
    return state.python;
  }

  async #offer(recipe: vscode.Uri): Promise<boolean> {
    const state = await readiness(readSettings(recipe).pythonPath, await this.#files.lock());
    const create = vscode.l10n.t('Create Environment ({0})', await downloadSize());
    const choose = vscode.l10n.t('Choose Interpreter…');
    const choice = await vscode.window.showWarningMessage(
      explainReadiness(state) ?? '',
      {
        modal: true,
        detail: vscode.l10n.t(
          'Tunebook can make an environment with exact, tested versions, or use one that you have.',
        ),
      },
      create,
      choose,
    );
    if (choice === create) return this.#create(recipe, null);
    return choice === choose ? this.setUp(recipe) : false;
  }

  async #create(recipe: vscode.Uri | null, basePython: string | null): Promise<boolean> {
    try {
      const python = await createWithProgress({
        lock: await this.#files.lock(),
        basePython,
        torchIndexUrl: readSettings(recipe).torchIndexUrl,
        log: this.#log,
      });
      // An interpreter of the settings would be used instead of what was just made.
      if (readSettings(recipe).pythonPath !== null) await setPythonPath(null);
      this.#done(python);
      return true;
    } catch (error) {
      void this.#explain(error);
      return false;
    }
  }

  async #use(python: string): Promise<boolean> {
    const problem = explainReadiness(await readiness(python, await this.#files.lock()));
    if (problem !== null) {
      const create = vscode.l10n.t('Create Tunebook environment');
      const choice = await vscode.window.showErrorMessage(problem, create);
      return choice === create ? this.#create(null, null) : false;
    }
    await setPythonPath(python);
    this.#done(python);
    return true;
  }

  #done(python: string): void {
    this.#log.info(`Training uses ${python}`);
    void vscode.commands.executeCommand('setContext', 'tunebook.environmentReady', true);
    void vscode.window.showInformationMessage(vscode.l10n.t('Python is ready for training.'));
  }

  async #explain(error: unknown): Promise<void> {
    this.#log.error(error instanceof Error ? error : String(error));
    if (error instanceof EngineError && error.kind === 'cancelled') return;
    const showLog = vscode.l10n.t('Show Log');
    const text = error instanceof EngineError ? words(error.words) : String(error);
    if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) this.#log.show();
  }
}

/** What pip will download, as measured: the CUDA build of torch brings its libraries along. */
async function downloadSize(): Promise<string> {
  return process.platform === 'linux' && (await hasNvidiaGpu()) ? '3 GB' : vscode.l10n.t('0.5 to 3 GB');
}
