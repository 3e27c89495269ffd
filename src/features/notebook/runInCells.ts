import * as vscode from 'vscode';
import { Throttle } from '../../common/throttle';
import { waitingSteps } from '../../core/run/atWork';
import type { FailureContext } from '../../core/run/failures/entry';
import type { RunState } from '../../core/run/session';
import { stepOutput } from '../../core/run/stepOutput';
import { translations } from '../../platform/words';
import type { StepStatus } from '../../protocol/outputs';
import { STEPS, type StepName, type TrainerEvent } from '../../protocol/trainer';
import { CellRuns } from './cellRuns';
import { Follower } from './follow';

/** Outputs change at most ten times a second, whatever the trainer sends. */
const UPDATE_INTERVAL_MS = 100;

/** What the cells of one recipe show of its run, while its notebook is open. */
export class RunInCells implements vscode.Disposable {
  readonly #cells: CellRuns;
  readonly #follower = new Follower();
  readonly #stateOf: () => RunState;
  readonly #leversOf: () => FailureContext['levers'];
  readonly #progressed = new vscode.EventEmitter<void>();
  readonly #update = new Throttle(UPDATE_INTERVAL_MS, () => this.#draw());
  /** Something new about the step at work. */
  readonly onDidProgress = this.#progressed.event;
  #notebook: vscode.NotebookDocument | null = null;

  constructor(
    controller: vscode.NotebookController,
    stateOf: () => RunState,
    leversOf: () => FailureContext['levers'],
  ) {
    this.#cells = new CellRuns(controller);
    this.#stateOf = stateOf;
    this.#leversOf = leversOf;
  }

  get notebook(): vscode.NotebookDocument | null {
    return this.#notebook;
  }

  /** The notebook is open: its cells get back what the run has made. */
  open(notebook: vscode.NotebookDocument): void {
    if (this.#notebook === notebook) return;
    this.#notebook = notebook;
    this.restore();
  }

  close(): void {
    this.#notebook = null;
    this.#cells.forget();
  }

  /** Shows all that the run has made as if it had been seen: what ended as ended, with its times, and the rest as it stands. */
  restore(): void {
    const state = this.#stateOf();
    for (const step of STEPS) {
      const { status, startedAt = null, durationMs = null } = state.steps[step] ?? {};
      if (status === undefined || status === 'queued') continue;
      const beganAt = startedAt === null ? undefined : startedAt * 1000;
      this.queue([step]);
      this.#cells.start(step, beganAt);
      this.#show(step);
      if (step !== state.current)
        this.#cells.end(step, success(status), beganAt === undefined ? undefined : beganAt + (durationMs ?? 0));
    }
    this.queue(waitingSteps(state));
  }

  queue(steps: readonly StepName[]): void {
    if (this.#notebook !== null) this.#cells.queue(this.#notebook, steps);
  }

  /** After the event is part of the state. */
  told(event: TrainerEvent): void {
    switch (event.type) {
      case 'runStarted':
        return this.queue(event.steps);
      case 'runFinished':
        return this.leave(this.#stateOf().command?.steps ?? []);
      case 'stepStarted':
        this.#start(event.step);
        return this.#follow(event.step);
      case 'stepFinished':
      case 'stepFailed':
        this.#start(event.step); // a trainer may die before its first step begins
        return this.#cells.end(event.step, success(this.#stateOf().steps[event.step]?.status ?? 'done'));
      case 'log':
        return;
      default:
        this.#update.request();
    }
  }

  fail(steps: readonly StepName[], title: string, details: string): void {
    this.#cells.fail(steps, title, details);
  }

  /** What still waits of these does not run. */
  leave(steps: readonly StepName[]): void {
    this.#cells.endAll(steps);
  }

  dispose(): void {
    this.#update.dispose();
    this.#progressed.dispose();
  }

  #draw(): void {
    const { current } = this.#stateOf();
    if (current !== null) this.#show(current);
    this.#progressed.fire();
  }

  #start(step: StepName): void {
    this.queue([step]);
    this.#cells.start(step);
    this.#show(step);
  }

  #show(step: StepName): void {
    const language = vscode.env.language.toLowerCase();
    const words = { language, translations: translations() };
    this.#cells.show(stepOutput(this.#stateOf(), step, words, this.#leversOf()));
  }

  #follow(step: StepName): void {
    const previous = STEPS[STEPS.indexOf(step) - 1];
    const ranBefore = previous !== undefined && this.#stateOf().command?.steps.includes(previous) === true;
    if (this.#notebook !== null && ranBefore) this.#follower.follow(this.#notebook, previous, step);
  }
}

/** undefined: neither well nor badly. */
function success(status: StepStatus): boolean | undefined {
  return status === 'done' || status === 'failed' ? status === 'done' : undefined;
}
