import * as vscode from 'vscode';
import { isTurn, stepsAtWork } from '../../core/run/atWork';
import type { RunState } from '../../core/run/session';
import type { Ran } from '../../core/run/stale';
import type { RunOutcome, TrainerSession } from '../../engine/engine';
import { type Failure, type StepName, STEPS, type TrainerEvent } from '../../protocol/trainer';
import { HeldTrainer } from './heldTrainer';
import type { KernelServices } from './kernelServices';
import { Queue } from './queue';
import { RunInCells } from './runInCells';

/** What runs the cells of one recipe, and the trainer that it does that with. A training outlives its closed notebook. */
export class Kernel implements vscode.Disposable {
  readonly recipe: vscode.Uri;
  readonly #services: KernelServices;
  readonly #held: HeldTrainer;
  readonly #cells: RunInCells;
  readonly #queue = new Queue();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #failed = new vscode.EventEmitter<Failure>();
  /** A step began or ended, a trainer came or went. */
  readonly onDidChange = this.#changed.event;
  /** Something new about the step at work. */
  readonly onDidProgress: vscode.Event<void>;
  readonly onDidFail = this.#failed.event;
  /** Directories of trainers that were ended by hand: they take seconds to go, and are not taken up again. */
  readonly #ended = new Set<string>();
  #busy = false;

  constructor(recipe: vscode.Uri, controller: vscode.NotebookController, services: KernelServices) {
    this.recipe = recipe;
    this.#services = services;
    this.#held = new HeldTrainer(recipe, services);
    this.#cells = new RunInCells(
      controller,
      () => this.state,
      () => services.levers.known(recipe, this.state),
    );
    this.onDidProgress = this.#cells.onDidProgress;
    this.#held.onDidTell((event) => this.#told(event));
    this.#held.onDidLeave(() => {
      this.#cells.leave(STEPS);
      this.#changed.fire();
    });
  }

  get state(): RunState {
    return this.#held.state;
  }

  get ran(): Ran {
    return this.#held.ran;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get hasTrainer(): boolean {
    return this.#held.session !== null;
  }

  /** Of the trainer at work, or of the last one. */
  get runDirectory(): string | null {
    return this.#held.runDirectory;
  }

  /** Runs these steps, and before them those above that haven't run or are stale. */
  run(wanted: readonly StepName[]): Promise<void> {
    this.#cells.queue(wanted);
    return this.#queue.add(async (cleared) => {
      const { notebook } = this.#cells;
      if (cleared() || notebook === null) return this.#cells.leave(wanted);
      await this.#work(() => this.#run(notebook, wanted, cleared));
    });
  }

  /**
   * Takes up a trainer that lives already: another window's, the command line's, or this window's before it was reloaded.
   * Resolves when its cells show it, and the run that is at work goes on.
   */
  adopt(runDirectory: string): Promise<void> {
    return new Promise((resolve, reject) => {
      void this.#queue.add(async () => {
        if (this.hasTrainer || this.#ended.has(runDirectory)) return resolve();
        const attached = this.#attach(runDirectory);
        attached.then(() => resolve(), reject);
        const session = await attached;
        if (session.following !== null) await this.#work(() => this.#follow(session));
      });
    });
  }

  /** Ends the running step in order; what waits is no longer wanted. */
  async interrupt(): Promise<void> {
    this.#queue.clear();
    await this.#held.session?.stop();
  }

  /** Ends the trainer; the next run starts a new one, with all steps to do again. */
  async restart(): Promise<void> {
    this.#queue.clear();
    const session = this.#held.letGo();
    if (session === null) return;
    this.#ended.add(session.runDirectory);
    await session.shutdown();
  }

  /** Leaves the trainer to whoever else has it; one that nobody has and that does nothing ends by itself. */
  letGo(): void {
    this.#held.letGo()?.dispose();
  }

  /** The notebook is open, perhaps again: its cells show what the run has made. */
  open(notebook: vscode.NotebookDocument): void {
    this.#cells.open(notebook);
  }

  /** The notebook was closed; what its trainer does goes on. */
  close(): void {
    this.#cells.close();
  }

  dispose(): void {
    this.#queue.clear();
    this.#held.dispose();
    this.#cells.dispose();
    this.#changed.dispose();
    this.#failed.dispose();
  }

  async #work(act: () => Promise<void>): Promise<void> {
    this.#busy = true;
    try {
      await act();
    } catch (error) {
      this.#services.log.error(error instanceof Error ? error : String(error));
      this.#cells.fail(STEPS, vscode.l10n.t('This step could not be run'), this.#services.wordsOfError(error));
    } finally {
      this.#busy = false;
      this.#changed.fire();
      this.#followOthers();
    }
  }

  async #run(notebook: vscode.NotebookDocument, wanted: readonly StepName[], cleared: () => boolean): Promise<void> {
    const { settleRun } = await import('./settleRun');
    const planned = await settleRun(notebook, wanted, {
      held: this.#held,
      services: this.#services,
      // It may have ended meanwhile: then there is one less in the way.
      takeUp: (directory) => (this.#ended.has(directory) ? null : this.#attach(directory).catch(() => null)),
      watch: async (directory) => {
        this.letGo();
        await this.#follow(await this.#attach(directory));
      },
      refuse: (problems) => this.#cells.fail(wanted, vscode.l10n.t('The recipe has problems'), problems),
    });
    if (planned === null || cleared()) return this.#cells.leave(wanted);
    const { steps, recipe, text } = planned;
    this.#cells.queue(steps);
    this.#changed.fire();
    const predicted = this.#services.predict(recipe, this.state.device);
    const session = this.#held.session ?? (await this.#held.start(planned));
    if (session === null || cleared()) return this.#cells.leave(STEPS);
    this.#finish(await session.run(steps, { recipe, recipeText: text, predicted: await predicted }), steps);
  }

  async #attach(runDirectory: string): Promise<TrainerSession> {
    const session = await this.#held.attach(runDirectory);
    this.#cells.restore();
    this.#changed.fire();
    return session;
  }

  /** Until the run that was at work when this window came has ended. */
  async #follow({ following }: TrainerSession): Promise<void> {
    const steps = stepsAtWork(this.state);
    if (following !== null) this.#finish(await following, steps);
  }

  /** A run that another window or the command line asked for counts as work of this kernel: what is asked here waits for it. */
  #followOthers(): void {
    if (this.#busy || !this.state.running || !this.hasTrainer) return;
    void this.#queue.add(() => this.#work(() => this.#held.runOver()));
  }

  #told(event: TrainerEvent): void {
    this.#services.levers.told(event, this.recipe, this.state);
    this.#cells.told(event);
    if (event.type === 'stepFailed') this.#failed.fire(event.failure);
    if (event.type === 'runStarted') this.#followOthers();
    if (isTurn(event)) this.#changed.fire();
  }

  #finish(outcome: RunOutcome, steps: readonly StepName[]): void {
    this.#held.complete(outcome, steps);
    this.#cells.leave(steps);
  }
}
