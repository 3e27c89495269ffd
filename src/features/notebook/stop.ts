import type * as vscode from 'vscode';
import type { Kernels } from './kernels';

/** The recipe in front if it trains, else whatever does. */
export async function stopTraining(kernels: Kernels, recipe: vscode.Uri | null): Promise<void> {
  const inFront = recipe === null ? null : kernels.get(recipe);
  const busy = inFront?.busy ? [inFront] : kernels.all.filter((kernel) => kernel.busy);
  await Promise.all(busy.map((kernel) => kernel.interrupt()));
}
