import * as vscode from 'vscode';
import type { Kernels } from './kernels';
import type { KernelServices } from './kernelServices';
import { newestRunOf } from './newestRunOf';
import { isRecipeTab } from './tabs';

const LOOK_EVERY_MS = 3000;
/** A trainer says hello seconds after its directory was made, with a cold disk later: so often a new directory is looked at. */
const LOOKS = 20;

/**
 * Takes up trainers that live already and belong to a recipe that a tab shows: what a window left behind when it was reloaded
 * or killed, and what another window or the command line starts. What is in sight is looked at again and again, since nothing
 * tells of the latter.
 */
export class TakeUpTrainers implements vscode.Disposable {
  readonly #kernels: Kernels;
  readonly #services: KernelServices;
  readonly #subscription: vscode.Disposable;
  /** How often each run directory may still be looked at. */
  readonly #looks = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(kernels: Kernels, services: KernelServices) {
    this.#kernels = kernels;
    this.#services = services;
    this.#subscription = vscode.Disposable.from(
      vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
        if (opened.some(({ input }) => isRecipeTab(input))) this.#lookAtAll();
        else this.#schedule();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#lookAtAll()),
      kernels.onDidChange(() => this.#schedule()),
    );
    this.#lookAtAll();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  /** Runs that were let go earlier count again. */
  #lookAtAll(): void {
    this.#looks.clear();
    this.#look(() => this.#waiting(() => true));
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const inSight = (): readonly vscode.Uri[] => this.#waiting(({ isActive }) => isActive);
    if (inSight().length > 0) this.#timer = setTimeout(() => this.#look(inSight), LOOK_EVERY_MS);
  }

  #look(recipes: () => readonly vscode.Uri[]): void {
    const before = this.#looking;
    this.#looking = (async () => {
      await before;
      try {
        for (const recipe of recipes()) await this.#takeUp(recipe);
      } catch (error) {
        // Without a trainer the notebook is as when nothing runs.
        this.#services.log.warn(`no trainer taken up: ${String(error)}`);
      }
      this.#schedule();
    })();
  }

  async #takeUp(recipe: vscode.Uri): Promise<void> {
    const runsDirectory = this.#services.runsDirectory(recipe);
    const runs = await this.#services.liveRuns(runsDirectory, (id) => this.#mayLookAt(`${runsDirectory}/${id}`));
    const run = newestRunOf(recipe.fsPath, runs, 'any');
    if (run !== null) await this.#kernels.adopt(recipe, run.directory);
  }

  #mayLookAt(directory: string): boolean {
    const left = this.#looks.get(directory) ?? LOOKS;
    this.#looks.set(directory, left - 1);
    return left > 0;
  }

  /** Recipes of tabs that have no trainer. Commanding a process needs trust, as starting one does. */
  #waiting(fits: (tab: vscode.Tab) => boolean): readonly vscode.Uri[] {
    if (!vscode.workspace.isTrusted) return [];
    const recipes = new Map<string, vscode.Uri>();
    for (const tab of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs))
      if (isRecipeTab(tab.input) && fits(tab)) recipes.set(tab.input.uri.toString(), tab.input.uri);
    return [...recipes.values()].filter((recipe) => {
      const kernel = this.#kernels.get(recipe);
      return kernel === null || !(kernel.hasTrainer || kernel.busy);
    });
  }
}
