import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { ranOf } from '../../core/run/ranOf';
import { foldRun, initialRun, reduceRun, type RunState, untoldFailure } from '../../core/run/session';
import type { Ran } from '../../core/run/stale';
import type { RunOutcome, TrainerSession } from '../../engine/engine';
import type { StepName, TrainerEvent } from '../../protocol/trainer';
import type { KernelServices } from './kernelServices';
import type { PlannedRun } from './plan';

/**
 * The trainer of a recipe as this window has it: a process that it has started, or one that was there. Others may watch and
 * command it as well, so what it made is known from its events alone.
 */
export class HeldTrainer implements vscode.Disposable {
  readonly #recipe: vscode.Uri;
  readonly #services: KernelServices;
  readonly #told = new vscode.EventEmitter<TrainerEvent>();
  readonly #left = new vscode.EventEmitter<void>();
  /** After the event is part of `state`. */
  readonly onDidTell = this.#told.event;
  /** It ended, or was let go. */
  readonly onDidLeave = this.#left.event;
  #session: TrainerSession | null = null;
  #listeners = new DisposableStore();
  #state: RunState = initialRun;
  #ran: Ran = {};
  #runDirectory: string | null = null;

  constructor(recipe: vscode.Uri, services: KernelServices) {
    this.#recipe = recipe;
    this.#services = services;
  }

  get session(): TrainerSession | null {
    return this.#session;
  }

  /** Of the trainer, or of the last one. */
  get state(): RunState {
    return this.#state;
  }

  /** The steps whose results the trainer has, with the recipe that they ran with. */
  get ran(): Ran {
    return this.#ran;
  }

  /** Of the trainer, or of the last one. */
  get runDirectory(): string | null {
    return this.#runDirectory;
  }

  /** Starts one; null where the person declined what it needs. */
  async start({ recipe, text }: PlannedRun): Promise<TrainerSession | null> {
    const engine = await this.#services.engineFor(this.#recipe);
    if (engine === null) return null;
    const runsDirectory = this.#services.runsDirectory(this.#recipe);
    return this.#hold(await engine.start({ recipe, recipeText: text, runsDirectory }));
  }

  /** Takes up one that lives already. */
  async attach(runDirectory: string): Promise<TrainerSession> {
    return this.#hold(await this.#services.attach(runDirectory));
  }

  /** Resolves when the trainer is at no run of steps. */
  runOver(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#session !== null && this.#state.running) return;
        subscription.dispose();
        resolve();
      };
      const subscription = vscode.Disposable.from(this.onDidTell(look), this.onDidLeave(look));
      look();
    });
  }

  take(event: TrainerEvent): void {
    this.#state = reduceRun(this.#state, event);
    if (event.type === 'log') this.#services.log.info(event.text);
    if (event.type === 'stepStarted' || event.type === 'stepFinished') this.#ran = ranOf(this.#state);
    this.#told.fire(event);
  }

  /** What became of a run of these steps: the failure of a trainer that ended without a word is told for it. */
  complete(outcome: RunOutcome, steps: readonly StepName[]): void {
    const untold = outcome.kind === 'failed' ? untoldFailure(this.#state, outcome, steps) : null;
    if (untold !== null) this.take(untold);
  }

  /** This window has it no more: whoever calls says what becomes of the process. */
  letGo(): TrainerSession | null {
    const session = this.#session;
    this.#listeners.dispose();
    this.#listeners = new DisposableStore();
    this.#session = null;
    this.#ran = {};
    this.#left.fire();
    return session;
  }

  dispose(): void {
    this.#session?.dispose();
    this.#listeners.dispose();
    this.#told.dispose();
    this.#left.dispose();
  }

  #hold(session: TrainerSession): TrainerSession {
    const { runId, runDirectory, pid, history } = session;
    this.#services.log.info(`${runId}: process ${pid} in ${runDirectory}`);
    this.#session = session;
    this.#runDirectory = runDirectory;
    this.#state = foldRun(history);
    this.#ran = ranOf(this.#state);
    this.#listeners.add(session.onEvent((event) => this.take(event)));
    this.#listeners.add(session.onLog((line) => this.#services.log.info(line)));
    void this.#awaitEnd(session);
    return session;
  }

  async #awaitEnd(session: TrainerSession): Promise<void> {
    const { code, signal } = await session.exited;
    this.#services.log.info(`${session.runId}: ended (${signal ?? code ?? '?'})`);
    if (this.#session === session) this.letGo();
  }
}
