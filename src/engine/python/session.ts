import { createWriteStream, type WriteStream } from 'node:fs';
import * as path from 'node:path';
import type { Disposable } from '../../common/disposable';
import { decodeTrainerLine } from '../../protocol/codec';
import {
  encodeCommand,
  type Failure,
  PROTOCOL,
  type StepName,
  type TrainerCommand,
  type TrainerEvent,
} from '../../protocol/trainer';
import type { AskedRun, ExitInfo, RunOutcome, TrainerSession } from '../engine';
import { RUN_FILES, type RunDirectory } from '../runDirectory';
import { appendEvent } from './appendEvent';
import { crashFailure, killedFailure, protocolFailure } from './crash';
import { Emitter } from './emitter';
import { LineSplitter } from './lines';
import { LogTail } from './logTail';
import { exitOf, signalGroup, type TrainerProcess } from './trainerProcess';

/** A trainer that saves a checkpoint of a large model needs this long at most on a slow disk. */
const STOP_GRACE_MS = 120_000;
/** After SIGTERM or `shutdown`, before the group is killed. */
const END_GRACE_MS = 10_000;
const KEPT_LINES = 40;
/** A progress bar writes one long line. */
const KEPT_LENGTH = 2000;

interface PendingRun {
  readonly last: StepName;
  readonly settle: (outcome: RunOutcome) => void;
}

/** The Python trainer in its process. */
export class PythonSession implements TrainerSession {
  readonly runId: string;
  readonly runDirectory: string;
  readonly pid: number;
  readonly exited: Promise<ExitInfo>;
  readonly history: readonly TrainerEvent[] = [];
  readonly following = null;
  readonly #child: TrainerProcess;
  readonly #events = new Emitter<TrainerEvent>();
  readonly #logs = new Emitter<string>();
  /** Lines of stdout that are no events go where stderr goes. */
  readonly #log: WriteStream;
  readonly #tail: LogTail;
  readonly #lastLines: string[] = [];
  #pending: PendingRun | null = null;
  /** Of the run at work, or of the last one. */
  #outcome: Promise<unknown> = Promise.resolve();
  #current: StepName | null = null;
  #seq = -1;
  #ended: Failure | null = null;
  /** The run at work was asked to end: however it ends, it has not crashed. */
  #stopAsked = false;

  constructor(child: TrainerProcess, pid: number, run: RunDirectory) {
    this.#child = child;
    this.pid = pid;
    this.runId = run.id;
    this.runDirectory = run.directory;
    const logFile = path.join(run.directory, RUN_FILES.log);
    this.#log = createWriteStream(logFile, { flags: 'a' });
    // The log is a help, not the run: a full disk is told by the trainer itself.
    this.#log.on('error', () => {});
    this.#tail = new LogTail(logFile, (line) => this.#logged(line));
    const out = new LineSplitter((line) => this.#line(line));
    child.stdout.on('data', (chunk: Uint8Array) => out.push(chunk)).on('close', () => out.end());
    this.exited = exitOf(child, pid).then((exit) => this.#exit(exit));
  }

  onEvent(listener: (event: TrainerEvent) => void): Disposable {
    return this.#events.on(listener);
  }

  onLog(listener: (line: string) => void): Disposable {
    return this.#logs.on(listener);
  }

  run(steps: readonly StepName[], { recipe, recipeText, predicted = null }: AskedRun): Promise<RunOutcome> {
    const last = steps.at(-1);
    if (last === undefined) return Promise.resolve({ kind: 'done' });
    if (this.#ended !== null) return Promise.resolve({ kind: 'failed', step: null, failure: this.#ended });
    if (this.#pending !== null) throw new Error('One run at a time: wait for the former one.');
    const outcome = new Promise<RunOutcome>((settle) => {
      this.#pending = { last, settle };
    });
    this.#outcome = outcome;
    this.#send({ type: 'run', steps, recipe, recipeText, predicted });
    return outcome;
  }

  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    if (this.#pending === null || this.#ended !== null) return;
    this.#askToStop();
    if (await within(this.#outcome, graceMs)) return;
    await this.#kill();
  }

  kill(): Promise<void> {
    return this.#kill();
  }

  async shutdown(): Promise<void> {
    if (this.#ended !== null) return;
    // `shutdown` waits for its turn: what runs is stopped first
    if (this.#pending !== null) this.#askToStop();
    this.#send({ type: 'shutdown' });
    this.#child.stdin.end();
    if (await within(this.exited, END_GRACE_MS)) return;
    await this.#kill();
  }

  /** Lets go of the process: what runs goes on to its end, an idle trainer ends by itself. */
  dispose(): void {
    this.#events.clear();
    this.#logs.clear();
    this.#tail.dispose();
    this.#child.stdin.end();
    this.#child.unref();
  }

  #askToStop(): void {
    this.#stopAsked = true;
    this.#send({ type: 'stop' });
  }

  async #kill(): Promise<void> {
    signalGroup(this.pid, 'SIGTERM');
    if (await within(this.exited, END_GRACE_MS)) return;
    signalGroup(this.pid, 'SIGKILL');
    await this.exited;
  }

  #send(command: TrainerCommand): void {
    this.#child.stdin.write(encodeCommand(command));
  }

  #line(line: string): void {
    // after a word of another protocol nothing can be trusted
    if (this.#ended !== null) return;
    const decoded = decodeTrainerLine(line);
    if (decoded.kind === 'noise') {
      if (line !== '') this.#log.write(`${line}\n`);
      return;
    }
    const { event } = decoded;
    if (event.type === 'hello' && event.protocol !== PROTOCOL) {
      this.#ended = protocolFailure(event.protocol, PROTOCOL);
      this.#settle({ kind: 'failed', step: null, failure: this.#ended });
      void this.#kill();
      return;
    }
    this.#seq = event.seq;
    if (event.type === 'stepStarted') this.#current = event.step;
    this.#events.fire(event);
    this.#follow(event);
  }

  #follow(event: TrainerEvent): void {
    if (event.type === 'stepFinished') {
      this.#current = null;
      if (event.step === this.#pending?.last) this.#settle({ kind: 'done' });
    } else if (event.type === 'stepFailed') {
      this.#current = null;
      this.#settle(
        event.failure.kind === 'interrupted'
          ? { kind: 'stopped' }
          : { kind: 'failed', step: event.step, failure: event.failure },
      );
    }
  }

  #logged(line: string): void {
    if (line === '') return;
    this.#lastLines.push(line.slice(0, KEPT_LENGTH));
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
    this.#logs.fire(line);
  }

  async #exit(exit: ExitInfo): Promise<ExitInfo> {
    await new Promise<void>((resolve) => this.#log.end(() => resolve()));
    await this.#tail.end();
    this.#ended ??= crashFailure(exit, this.#lastLines);
    const step = this.#current;
    if (step !== null) await this.#tellEnd(step, this.#stopAsked ? killedFailure(exit) : this.#ended);
    this.#settle(this.#stopAsked ? { kind: 'stopped' } : { kind: 'failed', step, failure: this.#ended });
    return exit;
  }

  /** The step that was at work can't say any more how it ended: we do, to listeners and in the run's own log. */
  async #tellEnd(step: StepName, failure: Failure): Promise<void> {
    this.#current = null;
    const event = { type: 'stepFailed', t: Date.now() / 1000, seq: this.#seq + 1, step, failure } as const;
    await appendEvent(path.join(this.runDirectory, RUN_FILES.events), event);
    this.#events.fire(event);
  }

  #settle(outcome: RunOutcome): void {
    const pending = this.#pending;
    this.#pending = null;
    this.#stopAsked = false;
    pending?.settle(outcome);
  }
}

/** Whether it came in time. */
async function within(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
