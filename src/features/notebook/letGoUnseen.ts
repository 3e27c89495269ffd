import * as vscode from 'vscode';
import { isRecipeTab } from './tabs';
import type { Kernels } from './kernels';

/** A tab that moves to another group is closed and opened; queued cells leave short pauses. */
const DELAY_MS = 1000;

/**
 * Lets go of trainers that do nothing for a notebook that no tab shows: they hold the model in memory. One that no other
 * window has ends by itself then; who reopens the notebook at once finds it again. (A closed notebook stays open as a
 * document for minutes where an extension opened it, so its closing event comes too late.) A training goes on.
 */
export function letGoOfUnseenTrainers(kernels: Kernels): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const kernel of kernels.all)
        if (kernel.hasTrainer && !kernel.busy && !isShown(kernel.recipe)) kernel.letGo();
    }, DELAY_MS);
  };
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.length > 0) schedule();
    }),
    kernels.onDidChange(({ busy, hasTrainer }) => {
      if (!busy && hasTrainer) schedule();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

function isShown(recipe: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => isRecipeTab(input) && input.uri.toString() === recipe.toString()),
  );
}
