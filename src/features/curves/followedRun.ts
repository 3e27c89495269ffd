import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { Disposable } from '../../common/disposable';
import { type Message, message } from '../../common/message';
import type { ComparableRun } from '../../core/run/compareRuns';
import { curveNote } from '../../core/run/curveNote';
import { outcomeOf } from '../../core/run/runWords';
import { RunSeries } from '../../core/run/series';
import { foldRun, initialRun, type RunState } from '../../core/run/session';
import { statusOf, summarise } from '../../core/run/summary';
import { EventTail } from '../../engine/eventTail';
import { readRunDocuments } from '../../engine/comparableRun';
import { RUN_FILES } from '../../engine/runDirectory';
import { isTrainer } from '../../engine/trainerAlive';
import type { CurveRun, CurveRunFacts, CurvesUpdate } from '../../protocol/curvesPanel';
import { curveRunName } from './curveRunName';

/** What no event tells: whether the process is there, the folder, the run's name. */
const LOOK_AROUND_MS = 2000;
/** A trainer says hello within a second or two; on a busy machine it may take longer. */
const STARTING_MS = 30_000;

export interface FollowOptions {
  /** A sentence in the person's language. */
  readonly say: (sentence: Message) => string;
  /** BCP 47, for the time in a name. */
  readonly language: string;
  readonly onChange: () => void;
}

/** A run whose log is read as it grows: no process is asked for anything. */
export class FollowedRun implements Disposable {
  readonly directory: string;
  readonly #options: FollowOptions;
  readonly #tail: EventTail;
  readonly #timer: NodeJS.Timeout;
  #series = new RunSeries();
  #state: RunState = initialRun;
  #startedAt: number | null = null;
  #name: string;
  #alive = false;
  #isThere = true;

  constructor(directory: string, options: FollowOptions) {
    this.directory = directory;
    this.#options = options;
    this.#name = path.basename(directory);
    this.#tail = new EventTail(path.join(directory, RUN_FILES.events), (events) => this.#take(events), {
      onRestart: () => {
        this.#series = new RunSeries();
        this.#state = initialRun;
      },
    });
    this.#timer = setInterval(() => void this.#lookAround(), LOOK_AROUND_MS);
    this.#timer.unref();
  }

  /** Resolves when all that is there now was read. */
  async read(): Promise<void> {
    await this.#tail.look();
    await this.#lookAround();
  }

  get facts(): CurveRunFacts {
    const { say } = this.#options;
    const summary = summarise(this.#state, this.#alive);
    const status = outcomeOf(this.#state, this.#alive) ?? statusOf(this.#state, this.#alive);
    const note = this.#isThere
      ? curveNote({
          state: this.#state,
          status,
          hasPoints: this.#series.length > 0,
          translate: (text) => say({ text, args: [] }),
        })
      : message(
          'The run’s folder isn’t there any more: {0}. What was read of it stays here until you close it.',
          this.directory,
        );
    return {
      directory: this.directory,
      name: this.#name,
      status,
      trainStep: this.#series.trainStep ?? summary.trainStep,
      totalSteps: summary.totalSteps,
      etaSeconds: summary.etaSeconds,
      trainStartedAt: this.#series.trainStartedAt,
      markers: this.#series.markers.map(({ kind, trainStep, words }) => ({ kind, trainStep, text: say(words) })),
      note: note === null ? null : say(note),
    };
  }

  /** Which steps are over, and how many answers there are: what a comparison tells beside the curves. */
  get stage(): string {
    const { steps } = this.#state;
    const ended = Object.entries(steps).map(([step, { status }]) => `${step}=${status}`);
    return [...ended, steps.generate?.generations.length ?? 0].join(' ');
  }

  /** All of it; `news` tells what comes behind this. */
  whole(): CurveRun {
    this.#series.take();
    return { facts: this.facts, columns: this.#series.all() };
  }

  /** What has come since `whole` or the last `news`. */
  news(): CurvesUpdate {
    return { facts: this.facts, ...this.#series.take() };
  }

  /** With what the directory holds beside the log. */
  async comparable(): Promise<ComparableRun> {
    return { facts: this.facts, state: this.#state, ...(await readRunDocuments(this.directory)) };
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#tail.dispose();
  }

  #take(events: Parameters<typeof foldRun>[0]): void {
    this.#startedAt ??= events[0]?.t ?? null;
    this.#state = foldRun(events, this.#state);
    for (const event of events) this.#series.add(event);
    this.#options.onChange();
  }

  async #lookAround(): Promise<void> {
    const before = [this.#alive, this.#isThere, this.#name];
    const { hello, bye } = this.#state;
    const config = await stat(path.join(this.directory, RUN_FILES.config)).catch(() => null);
    this.#isThere = config !== null || (await stat(this.directory).catch(() => null)) !== null;
    if (hello !== null) this.#alive = bye === null && (await isTrainer(hello.pid, this.directory));
    else this.#alive = config !== null && Math.abs(Date.now() - config.mtimeMs) < STARTING_MS;
    if (this.#isThere) this.#name = await curveRunName(this.directory, this.#startedAt, this.#options.language);
    if ([this.#alive, this.#isThere, this.#name].some((now, index) => now !== before[index])) this.#options.onChange();
  }
}
