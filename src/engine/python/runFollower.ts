import { isDeepStrictEqual } from 'node:util';
import { type Deferred, deferred } from '../../common/deferred';
import type { EventOf, StepName, TrainerEvent } from '../../protocol/trainer';
import type { AskedRun, RunOutcome } from '../engine';

/** A run of steps that the trainer is at. */
interface RunAtWork {
  readonly last: StepName | null;
  /** Its beginning and end are told; a trainer of before tells steps only. */
  readonly told: boolean;
  readonly end: Deferred<RunOutcome>;
  outcome: RunOutcome | null;
}

/** A run that this host has asked for. */
interface OwnRun {
  readonly steps: readonly StepName[];
  readonly asked: AskedRun;
  readonly end: Deferred<RunOutcome>;
  /** The trainer is at it. */
  begun: boolean;
}

/**
 * What a trainer's events say of the runs of steps: which one is at work and how it ends. Several hosts may command one
 * trainer; which of the runs is the one that this host asked for is told by what it runs.
 */
export class RunFollower {
  #atWork: RunAtWork | null = null;
  #own: OwnRun | null = null;
  #current: StepName | null = null;
  #seq = -1;
  #tellsRuns = true;

  /** The step at work, or null. */
  get current(): StepName | null {
    return this.#current;
  }

  /** Of the last event. */
  get seq(): number {
    return this.#seq;
  }

  /** False of a trainer of before, which reads no commands but those of its stdin. */
  get tellsRuns(): boolean {
    return this.#tellsRuns;
  }

  /** The end of what runs and of what was asked to run; null where nothing does. */
  get ending(): Promise<unknown> | null {
    const ends = [this.#atWork?.end.promise, this.#own?.end.promise].filter((end) => end !== undefined);
    return ends.length === 0 ? null : Promise.all(ends);
  }

  /** The end of the run at work; null where none is. */
  get atWork(): Promise<RunOutcome> | null {
    return this.#atWork?.end.promise ?? null;
  }

  /** The end of a run that this host is about to ask for. */
  expect(steps: readonly StepName[], asked: AskedRun): Promise<RunOutcome> {
    if (this.#own !== null) throw new Error('One run at a time: wait for the former one.');
    this.#own = { steps, asked, end: deferred(), begun: false };
    return this.#own.end.promise;
  }

  /** The trainer could not be told of the run that was asked for. */
  unheard(outcome: RunOutcome): void {
    if (this.#own?.begun !== false) return;
    this.#own.end.resolve(outcome);
    this.#own = null;
  }

  take(event: TrainerEvent): void {
    this.#seq = event.seq;
    switch (event.type) {
      case 'runStarted':
        this.#tellsRuns = true;
        this.#begin({ last: event.steps.at(-1) ?? null, told: true, isOwn: this.#isOwn(event) });
        return;
      case 'stepStarted':
        if (this.#atWork === null) this.#beginUntold();
        this.#current = event.step;
        return;
      case 'stepFinished':
        this.#current = null;
        if (this.#atWork !== null && (event.step === this.#atWork.last || this.#atWork.last === null))
          this.#ended({ kind: 'done' });
        return;
      case 'stepFailed':
        this.#current = null;
        this.#ended(
          event.failure.kind === 'interrupted'
            ? { kind: 'stopped' }
            : { kind: 'failed', step: event.step, failure: event.failure },
        );
        return;
      case 'runFinished':
        this.#settle(this.#atWork?.outcome ?? { kind: 'done' });
        return;
      default:
    }
  }

  /** Nothing more will be told: what still waits for an end gets this one. */
  end(outcome: RunOutcome): void {
    this.#current = null;
    this.#settle(this.#atWork?.outcome ?? outcome);
    this.#own?.end.resolve(outcome);
    this.#own = null;
  }

  #isOwn({ steps, recipeText, recipe }: EventOf<'runStarted'>): boolean {
    if (this.#own === null || this.#own.begun) return false;
    const { steps: wanted, asked } = this.#own;
    return isDeepStrictEqual(
      asTold({ steps, recipeText, recipe }),
      asTold({ steps: wanted, recipeText: asked.recipeText, recipe: asked.recipe }),
    );
  }

  #beginUntold(): void {
    this.#tellsRuns = false;
    const isOwn = this.#own !== null && !this.#own.begun;
    this.#begin({ last: (isOwn ? this.#own?.steps.at(-1) : null) ?? null, told: false, isOwn });
  }

  #begin({ last, told, isOwn }: { last: StepName | null; told: boolean; isOwn: boolean }): void {
    if (isOwn && this.#own !== null) this.#own.begun = true;
    this.#atWork = { last, told, end: (isOwn ? this.#own?.end : null) ?? deferred(), outcome: null };
  }

  #ended(outcome: RunOutcome): void {
    if (this.#atWork === null) return;
    this.#atWork.outcome = outcome;
    if (!this.#atWork.told) this.#settle(outcome);
  }

  #settle(outcome: RunOutcome): void {
    const run = this.#atWork;
    if (run === null) return;
    this.#atWork = null;
    if (run.end === this.#own?.end) this.#own = null;
    run.end.resolve(outcome);
  }
}

/** As it comes back: through JSON, and with the "?" that Python's UTF-8 has for half a pair of surrogates. */
function asTold(run: Readonly<Record<'steps' | 'recipeText' | 'recipe', unknown>>): unknown {
  return JSON.parse(JSON.stringify(run), (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Cs}/gu, '?') : value,
  );
}
