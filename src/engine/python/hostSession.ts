import type { Disposable } from '../../common/disposable';
import type { Failure, StepName, TrainerCommand, TrainerEvent } from '../../protocol/trainer';
import type { AskedRun, ExitInfo, RunOutcome, TrainerSession } from '../engine';
import type { RunDirectory } from '../runDirectory';
import { crashFailure, endedFailure, goneFailure, UNKNOWN_EXIT, unheardFailure } from './crash';
import { Emitter, HoldingEmitter } from './emitter';
import { LastLines } from './lastLines';
import { MemoryKills } from './memoryKills';
import { RunFollower } from './runFollower';
import { tellEnd } from './tellEnd';
import { within } from './within';

/** A trainer that saves a checkpoint of a large model needs this long at most on a slow disk. */
const STOP_GRACE_MS = 120_000;
/** After SIGTERM or `shutdown`, before the group is killed. */
const END_GRACE_MS = 10_000;
const KEPT_LINES = 40;
/** A progress bar writes one long line. */
const KEPT_LENGTH = 2000;

/** What every host does with a trainer, whichever way words go to and fro. */
export abstract class HostSession implements TrainerSession {
  readonly runId: string;
  readonly runDirectory: string;
  readonly pid: number;
  abstract readonly history: readonly TrainerEvent[];
  abstract readonly following: Promise<RunOutcome> | null;
  abstract readonly exited: Promise<ExitInfo>;
  protected readonly follower = new RunFollower();
  readonly #events = new HoldingEmitter<TrainerEvent>();
  readonly #logs = new Emitter<string>();
  readonly #lastLines = new LastLines(KEPT_LINES);
  readonly #memoryKills: MemoryKills;
  #byeSaid = false;
  /** Why nothing can be run any more. */
  #ended: Failure | null = null;
  #concluded = false;
  /** What is at work was asked to end: however it ends, it has not crashed. */
  #stopAsked = false;

  protected constructor(pid: number, run: RunDirectory) {
    this.pid = pid;
    this.#memoryKills = new MemoryKills(pid);
    this.runId = run.id;
    this.runDirectory = run.directory;
  }

  onEvent(listener: (event: TrainerEvent) => void): Disposable {
    return this.#events.on(listener);
  }

  onLog(listener: (line: string) => void): Disposable {
    return this.#logs.on(listener);
  }

  run(steps: readonly StepName[], asked: AskedRun): Promise<RunOutcome> {
    if (steps.length === 0) return Promise.resolve({ kind: 'done' });
    if (this.#ended !== null) return Promise.resolve({ kind: 'failed', step: null, failure: this.#ended });
    const outcome = this.follower.expect(steps, asked);
    const { recipe, recipeText, predicted = null } = asked;
    void this.#sendOwn({ type: 'run', steps, recipe, recipeText, predicted });
    return outcome;
  }

  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    const { ending } = this.follower;
    if (ending === null || this.#ended !== null) return;
    this.#stopAsked = true;
    void ending.then(() => (this.#stopAsked = false));
    if (await this.send({ type: 'stop' })) {
      if (await within(ending, graceMs)) return;
    } else {
      // The leader alone: workers that end by themselves would fail the step before its checkpoint is saved.
      await this.signal('leader', 'SIGTERM');
      if (await within(this.exited, graceMs)) return;
    }
    await this.#end();
  }

  kill(): Promise<void> {
    return this.#kill('asked');
  }

  async shutdown(): Promise<void> {
    // `shutdown` waits for its turn: what runs is stopped first
    await this.stop();
    if (this.#ended !== null) return void (await this.exited);
    if ((await this.send({ type: 'shutdown' })) && (await within(this.exited, END_GRACE_MS))) return;
    await this.#end();
  }

  dispose(): void {
    this.#events.clear();
    this.#logs.clear();
  }

  /** False where the trainer can't be told. */
  protected abstract send(command: TrainerCommand): Promise<boolean>;

  /** To the trainer's process, if it is still its own, or to all that it has started. */
  protected abstract signal(to: 'leader' | 'group', signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;

  protected take(event: TrainerEvent): void {
    if (event.type === 'bye') this.#byeSaid = true;
    // Before the listeners: who hears of an end may ask for the next run at once.
    this.follower.take(event);
    this.#events.fire(event);
  }

  protected logged(line: string): void {
    if (line === '') return;
    this.remember(line);
    this.#logs.fire(line);
  }

  /** For the words about a crash. */
  protected remember(line: string): void {
    this.#lastLines.add(line.slice(0, KEPT_LENGTH));
  }

  /** Nothing that this trainer says can be trusted. */
  protected refuse(failure: Failure): void {
    this.#ended = failure;
    this.follower.end({ kind: 'failed', step: null, failure });
    void this.#end();
  }

  protected get refused(): boolean {
    return this.#ended !== null;
  }

  /** The process has ended and all that it said was taken. */
  protected async conclude(exit: ExitInfo): Promise<void> {
    this.#concluded = true;
    const step = this.follower.current;
    this.#ended ??= this.#byeSaid && step === null ? goneFailure() : this.#crash(exit);
    if (step !== null) {
      const failure = this.#stopAsked ? endedFailure(exit, 'noAnswer') : this.#ended;
      this.take(await tellEnd(this.runDirectory, this.#failed(step, failure)));
    }
    this.follower.end(this.#stopAsked ? { kind: 'stopped' } : { kind: 'failed', step, failure: this.#ended });
  }

  #crash(exit: ExitInfo): Failure {
    return crashFailure({ exit, lastLines: this.#lastLines.all, memoryRanOut: this.#memoryKills.happened });
  }

  #failed(step: StepName, failure: Failure) {
    return { type: 'stepFailed', t: Date.now() / 1000, seq: this.follower.seq + 1, step, failure } as const;
  }

  async #sendOwn(command: TrainerCommand): Promise<void> {
    if (await this.send(command)) return;
    this.follower.unheard({ kind: 'failed', step: null, failure: unheardFailure(this.runDirectory) });
  }

  async #end(): Promise<void> {
    await this.signal('group', 'SIGTERM');
    if (await within(this.exited, END_GRACE_MS)) return;
    await this.#kill('noAnswer');
  }

  async #kill(why: 'noAnswer' | 'asked'): Promise<void> {
    if (this.#concluded) return;
    this.#stopAsked = true;
    const step = this.follower.current;
    // Before, so that whoever else watches doesn't take it for a crash.
    if (step !== null) await tellEnd(this.runDirectory, this.#failed(step, endedFailure(UNKNOWN_EXIT, why)));
    await this.signal('group', 'SIGKILL');
    await this.exited;
  }
}
