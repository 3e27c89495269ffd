import * as vscode from 'vscode';
import { EngineError } from '../../engine/engineError';
import type { TrainerSession } from '../../engine/engine';
import { ensureTrusted } from '../../platform/trust';
import { words } from '../../platform/words';
import { nameOf } from './runLabel';
import type { Run, Runs } from './runs';
import type { RunServices } from './services';

/** Ends what a run does, whoever started it: by the notebook of this window that has it, else by its directory. */
export class RunControl {
  readonly #runs: Runs;
  readonly #services: RunServices;

  constructor(runs: Runs, services: RunServices) {
    this.#runs = runs;
    this.#services = services;
  }

  /** Training saves a checkpoint, then the step ends. */
  async stop(run: Run): Promise<void> {
    if (!(await ensureTrusted(needsTrust()))) return;
    const own = this.#services.trainerOf(run.directory);
    if (own === null) await this.#attached(run, (session) => session.stop());
    else await own.interrupt();
    await this.#runs.look();
  }

  /** At once, without a checkpoint, once the person has confirmed. */
  async kill(run: Run): Promise<void> {
    if (!(await ensureTrusted(needsTrust()))) return;
    const kill = vscode.l10n.t('End at Once');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('End “{0}” at once?', nameOf(run)),
      {
        modal: true,
        detail: vscode.l10n.t(
          'No checkpoint is saved: what was trained since the last one is lost. Stop saves one; end at once only what doesn’t answer.',
        ),
      },
      kill,
    );
    if (choice !== kill) return;
    await this.#attached(run, (session) => session.kill());
    await this.#runs.look();
  }

  /** Ends step and trainer in order: nothing writes into the directory any more. */
  async end(run: Run): Promise<void> {
    const own = this.#services.trainerOf(run.directory);
    if (own === null)
      await this.#attached(run, async (session) => {
        if (run.summary.status === 'running') await session.stop();
        await session.shutdown();
      });
    else {
      await own.interrupt();
      await own.restart();
    }
    await this.#runs.look();
  }

  async #attached(run: Run, act: (session: TrainerSession) => Promise<void>): Promise<void> {
    const { attachTrainer } = await import('../../engine/python/attach');
    try {
      const session = await attachTrainer(run.directory);
      try {
        await act(session);
      } finally {
        session.dispose();
      }
    } catch (error) {
      // It may have ended meanwhile: what the list shows then is the answer.
      const why = error instanceof EngineError ? words(error.words) : String(error);
      void vscode.window.showWarningMessage(why);
    }
  }
}

function needsTrust(): string {
  return vscode.l10n.t('Ending a program that a folder’s files name needs a trusted workspace.');
}
