import * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { Throttle } from '../../common/throttle';
import { initialRun, reduceRun, type RunState, untoldFailure } from '../../core/run/session';
import { type Ran, type SectionTexts, withoutFrom, withRan } from '../../core/run/stale';
import { stepOutput } from '../../core/run/stepOutput';
import type { Engine, RunOutcome, TrainerSession } from '../../engine/engine';
import { translations } from '../../platform/words';
import type { RecipeFacts } from '../examineRecipe';
import { STEPS, type EventOf, type Failure, type StepName, type TrainerEvent } from '../../protocol/trainer';
import { CellRuns } from './cellRuns';
import { Follower } from './follow';
import type { PlannedRun } from './plan';
import type { Predict } from './predict';
import { Queue } from './queue';

/** Outputs change at most ten times a second, whatever the trainer sends. */
const UPDATE_INTERVAL_MS = 100;

export interface KernelServices {
  readonly log: vscode.LogOutputChannel;
  /** The engine that trains, after asking for whatever it lacks; null where the person declined. */
  engineFor(recipe: vscode.Uri): Promise<Engine | null>;
  runsDirectory(recipe: vscode.Uri): string;
  readonly readOf: RecipeFacts['readOf'];
  readonly predict: Predict;
  wordsOfError(error: unknown): string;
}

/** One trainer process for one recipe, and what its cells show of it. In a training it outlives its closed notebook. */
export class Kernel implements vscode.Disposable {
  readonly recipe: vscode.Uri;
  readonly #services: KernelServices;
  readonly #cells: CellRuns;
  readonly #queue = new Queue();
  readonly #follower = new Follower();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #failed = new vscode.EventEmitter<Failure>();
  readonly #progressed = new vscode.EventEmitter<void>();
  /** A step began or ended, a trainer came or went. */
  readonly onDidChange = this.#changed.event;
  /** Something new about the step at work. */
  readonly onDidProgress = this.#progressed.event;
  readonly onDidFail = this.#failed.event;
  readonly #update = new Throttle(UPDATE_INTERVAL_MS, () => this.#draw());
  #notebook: vscode.NotebookDocument | null;
  #session: TrainerSession | null = null;
  #listeners = new DisposableStore();
  #state: RunState = initialRun;
  #ran: Ran = {};
  /** The texts that the steps at work were planned with. */
  #texts: SectionTexts = {};
  #steps: readonly StepName[] = [];
  #runDirectory: string | null = null;
  #busy = false;

  constructor(notebook: vscode.NotebookDocument, controller: vscode.NotebookController, services: KernelServices) {
    this.recipe = notebook.uri;
    this.#notebook = notebook;
    this.#services = services;
    this.#cells = new CellRuns(controller);
  }

  get state(): RunState {
    return this.#state;
  }

  /** The model that the trainer holds, with its adapter once there is one; null while it holds none. */
  get structure(): EventOf<'structure'> | null {
    const { lora, model } = this.#ran.model === undefined ? {} : this.#state.steps;
    return lora?.structure ?? model?.structure ?? null;
  }

  get ran(): Ran {
    return this.#ran;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get hasTrainer(): boolean {
    return this.#session !== null;
  }

  /** Of the trainer at work, or of the last one. */
  get runDirectory(): string | null {
    return this.#runDirectory;
  }

  /** Runs these steps, and before them those above that haven't run or are stale. */
  run(wanted: readonly StepName[]): Promise<void> {
    if (this.#notebook !== null) this.#cells.queue(this.#notebook, wanted);
    return this.#queue.add(async (cleared) => {
      if (cleared() || this.#notebook === null) return this.#cells.endAll(wanted);
      this.#busy = true;
      try {
        await this.#run(this.#notebook, wanted, cleared);
      } catch (error) {
        this.#services.log.error(error instanceof Error ? error : String(error));
        this.#cells.fail(STEPS, vscode.l10n.t('This step could not be run'), this.#services.wordsOfError(error));
      } finally {
        this.#busy = false;
        this.#changed.fire();
      }
    });
  }

  /** Ends the running step in order; what waits is no longer wanted. */
  async interrupt(): Promise<void> {
    this.#queue.clear();
    await this.#session?.stop();
  }

  /** Ends the trainer; the next run starts a new one, with all steps to do again. */
  async restart(): Promise<void> {
    this.#queue.clear();
    const session = this.#session;
    this.#forgetSession();
    await session?.shutdown();
  }

  /** The notebook is open again while its training goes on: its cells get back what the run has made. */
  attach(notebook: vscode.NotebookDocument): void {
    this.#notebook = notebook;
    const { current } = this.#state;
    const known = STEPS.filter((step) => this.#ran[step] !== undefined || step === current);
    this.#cells.queue(notebook, known);
    for (const step of known) {
      this.#cells.start(step);
      this.#show(step);
      if (step !== current) this.#cells.end(step, true);
    }
  }

  /** The notebook was closed; what its trainer does goes on. */
  detach(): void {
    this.#notebook = null;
    this.#cells.forget();
  }

  /** Lets go of the trainer: what runs goes on to its end, an idle one ends by itself. */
  dispose(): void {
    this.#queue.clear();
    this.#session?.dispose();
    this.#update.dispose();
    this.#listeners.dispose();
    this.#changed.dispose();
    this.#progressed.dispose();
    this.#failed.dispose();
  }

  async #run(notebook: vscode.NotebookDocument, wanted: readonly StepName[], cleared: () => boolean): Promise<void> {
    const { planRun } = await import('./plan');
    const plan = await planRun(notebook, wanted, this.#ran, {
      machineOf: () => this.#state.device,
      readOf: this.#services.readOf,
    });
    if (!plan.ok) return this.#cells.fail(wanted, vscode.l10n.t('The recipe has problems'), plan.error);
    const { steps, recipe, text, texts } = plan.value;
    this.#cells.queue(notebook, steps);
    this.#changed.fire();
    const predicted = this.#services.predict(recipe, this.#state.device);
    const session = this.#session ?? (await this.#start(plan.value));
    if (session === null || cleared()) return this.#cells.endAll(STEPS);
    this.#texts = texts;
    this.#steps = steps;
    const [first] = steps;
    if (first !== undefined) this.#ran = withoutFrom(this.#ran, first);
    this.#finish(await session.run(steps, { recipe, recipeText: text, predicted: await predicted }), steps);
  }

  async #start({ recipe, text }: PlannedRun): Promise<TrainerSession | null> {
    const engine = await this.#services.engineFor(this.recipe);
    if (engine === null) return null;
    const runsDirectory = this.#services.runsDirectory(this.recipe);
    const session = await engine.start({ recipe, recipeText: text, runsDirectory });
    this.#services.log.info(`${session.runId}: process ${session.pid} in ${session.runDirectory}`);
    this.#session = session;
    this.#runDirectory = session.runDirectory;
    this.#state = initialRun;
    this.#ran = {};
    this.#listeners.add(session.onEvent((event) => this.#take(event)));
    this.#listeners.add(session.onLog((line) => this.#services.log.info(line)));
    void this.#awaitEnd(session);
    return session;
  }

  async #awaitEnd(session: TrainerSession): Promise<void> {
    const { code, signal } = await session.exited;
    this.#services.log.info(`${session.runId}: ended (${signal ?? code})`);
    if (this.#session === session) this.#forgetSession();
  }

  #take(event: TrainerEvent): void {
    this.#state = reduceRun(this.#state, event);
    switch (event.type) {
      case 'stepStarted':
        this.#cells.start(event.step);
        this.#show(event.step);
        this.#follow(event.step);
        return this.#changed.fire();
      case 'stepFinished':
        this.#ran = withRan(this.#ran, event.step, this.#texts);
        this.#show(event.step);
        this.#cells.end(event.step, true);
        return this.#changed.fire();
      case 'stepFailed':
        this.#show(event.step);
        this.#cells.end(event.step, event.failure.kind === 'interrupted' ? undefined : false);
        this.#failed.fire(event.failure);
        return this.#changed.fire();
      case 'log':
        return this.#services.log.info(event.text);
      default:
        this.#update.request();
    }
  }

  #follow(step: StepName): void {
    const previous = STEPS[STEPS.indexOf(step) - 1];
    const ranBefore = previous !== undefined && this.#steps.includes(previous);
    if (this.#notebook !== null && ranBefore) this.#follower.follow(this.#notebook, previous, step);
  }

  #finish(outcome: RunOutcome, steps: readonly StepName[]): void {
    const untold = outcome.kind === 'failed' ? untoldFailure(this.#state, outcome, steps) : null;
    if (untold !== null) {
      this.#cells.start(untold.step);
      this.#take(untold);
    }
    this.#cells.endAll(steps);
  }

  #draw(): void {
    if (this.#state.current !== null) this.#show(this.#state.current);
    this.#progressed.fire();
  }

  #show(step: StepName): void {
    const language = vscode.env.language.toLowerCase();
    this.#cells.show(stepOutput(this.#state, step, { language, translations: translations() }));
  }

  #forgetSession(): void {
    this.#listeners.dispose();
    this.#listeners = new DisposableStore();
    this.#session = null;
    this.#ran = {};
    this.#changed.fire();
  }
}
