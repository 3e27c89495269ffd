import * as vscode from 'vscode';
import type { Job } from '../job';
import { jobOf } from './job';
import type { Kernel } from './kernel';
import type { Kernels } from './kernels';

/** What a list of runs wants of this window's notebooks: what they do, and which runs are theirs. */
export function kernelJobs(kernels: Kernels) {
  return {
    jobs: (): readonly Job[] => kernels.all.map(jobOf).filter((job) => job !== null),
    onDidChangeJobs: (listener: () => void): vscode.Disposable =>
      vscode.Disposable.from(
        kernels.onDidChange(() => listener()),
        kernels.onDidProgress(() => listener()),
      ),
    onDidChangeTrainers: (listener: () => void): vscode.Disposable => kernels.onDidChange(() => listener()),
    trainerOf: (runDirectory: string): Kernel | null =>
      kernels.all.find((kernel) => kernel.hasTrainer && kernel.runDirectory === runDirectory) ?? null,
  };
}
