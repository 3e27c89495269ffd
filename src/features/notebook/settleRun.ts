import type * as vscode from 'vscode';
import type { StepName } from '../../protocol/trainer';
import type { HeldTrainer } from './heldTrainer';
import type { KernelServices } from './kernelServices';
import { newestRunOf } from './newestRunOf';
import { type PlannedRun, planRun } from './plan';
import { askSecondRun } from './secondRun';

/** What settling a run may lead to, beside the run itself. */
export interface Settling {
  readonly held: HeldTrainer;
  readonly services: KernelServices;
  /** The recipe has an idle trainer already, of this run directory. */
  takeUp(runDirectory: string): Promise<unknown> | null;
  /** The person wants to see this run instead. */
  watch(runDirectory: string): Promise<void>;
  refuse(problems: string): void;
}

/**
 * The steps to run for `wanted`, once nothing is in their way; null where nothing is to be run. Looks at what else runs: an
 * idle trainer of the recipe is taken up, a run that writes the same is asked about, and stopped where the person says so.
 */
export async function settleRun(
  notebook: vscode.NotebookDocument,
  wanted: readonly StepName[],
  { held, services, ...settling }: Settling,
): Promise<PlannedRun | null> {
  const { uri } = notebook;
  const { attach, readOf } = services;
  for (;;) {
    const others = await services.liveRuns(services.runsDirectory(uri), (id) => id !== held.session?.runId);
    const idle = held.session === null ? newestRunOf(uri.fsPath, others, 'idle') : null;
    if (idle !== null) await settling.takeUp(idle.directory);
    const plan = await planRun(notebook, wanted, held.ran, { machineOf: () => held.state.device, readOf });
    if (!plan.ok) {
      settling.refuse(plan.error);
      return null;
    }
    const answer = await askSecondRun(plan.value, others, attach);
    if (answer.kind === 'go') return plan.value;
    if (answer.kind === 'show') await settling.watch(answer.directory);
    if (answer.kind !== 'again') return null;
  }
}
