import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import * as path from 'node:path';
import type { Disposable } from '../../common/disposable';
import { decodeTrainerLine } from '../../protocol/codec';
import {
  encodeCommand,
  type Failure,
  PROTOCOL,
  type ResolvedRecipe,
  type StepName,
  type TrainerCommand,
  type TrainerEvent,
} from '../../protocol/trainer';
import type { ExitInfo, RunOutcome, TrainerSession } from '../engine';
import { RUN_FILES, type RunDirectory } from '../runDirectory';
import { crashFailure, protocolFailure } from './crash';
import { Emitter } from './emitter';
import { LineSplitter } from './lines';
import { exitOf, signalGroup } from './trainerProcess';

/** A trainer that saves a checkpoint of a large model needs this long at most on a slow disk. */
const STOP_GRACE_MS = 120_000;
/** After SIGTERM or `shutdown`, before the group is killed. */
const END_GRACE_MS = 10_000;
const KEPT_LINES = 40;

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
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #events = new Emitter<TrainerEvent>();
  readonly #logs = new Emitter<string>();
  readonly #log: WriteStream;
  readonly #lastLines: string[] = [];
  #pending: PendingRun | null = null;
  #current: StepName | null = null;
  #ended: Failure | null = null;

  constructor(child: ChildProcessWithoutNullStreams, pid: number, run: RunDirectory) {
    this.#child = child;
    this.pid = pid;
    this.runId = run.id;
    this.runDirectory = run.directory;
    this.#log = createWriteStream(path.join(run.directory, RUN_FILES.log), { flags: 'a' });
    // The log is a help, not the run: a full disk is told by the trainer itself.
    this.#log.on('error', () => {});
    const out = new LineSplitter((line) => this.#line(line));
    const err = new LineSplitter((line) => this.#noise(line));
    child.stdout.on('data', (chunk: Uint8Array) => out.push(chunk)).on('end', () => out.end());
    child.stderr.on('data', (chunk: Uint8Array) => err.push(chunk)).on('end', () => err.end());
    this.exited = exitOf(child).then((exit) => this.#exit(exit));
  }

  onEvent(listener: (event: TrainerEvent) => void): Disposable {
    return this.#events.on(listener);
  }

  onLog(listener: (line: string) => void): Disposable {
    return this.#logs.on(listener);
  }

  run(steps: readonly StepName[], recipe: ResolvedRecipe): Promise<RunOutcome> {
    const last = steps.at(-1);
    if (last === undefined) return Promise.resolve({ kind: 'done' });
    if (this.#ended !== null) return Promise.resolve({ kind: 'failed', step: null, failure: this.#ended });
    if (this.#pending !== null) throw new Error('One run at a time: wait for the former one.');
    return new Promise((settle) => {
      this.#pending = { last, settle };
      this.#send({ type: 'run', steps, recipe });
    });
  }

  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    if (this.#pending === null || this.#ended !== null) return;
    const settled = this.#whenSettled();
    this.#send({ type: 'stop' });
    if (await within(settled, graceMs)) return;
    await this.#kill();
  }

  async shutdown(): Promise<void> {
    if (this.#ended !== null) return;
    this.#send({ type: 'shutdown' });
    this.#child.stdin.end();
    if (await within(this.exited, END_GRACE_MS)) return;
    await this.#kill();
  }

  /** Lets go of the process: what runs goes on to its end, an idle trainer ends by itself. */
  dispose(): void {
    this.#events.clear();
    this.#logs.clear();
    this.#child.stdin.end();
    this.#child.unref();
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
    const decoded = decodeTrainerLine(line);
    if (decoded.kind === 'noise') return this.#noise(line);
    const { event } = decoded;
    if (event.type === 'hello' && event.protocol !== PROTOCOL) {
      this.#ended = protocolFailure(event.protocol, PROTOCOL);
      this.#settle({ kind: 'failed', step: null, failure: this.#ended });
      void this.#kill();
      return;
    }
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

  #noise(line: string): void {
    if (line === '') return;
    this.#lastLines.push(line);
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift();
    this.#log.write(`${line}\n`);
    this.#logs.fire(line);
  }

  #exit(exit: ExitInfo): ExitInfo {
    this.#ended ??= crashFailure(exit, this.#lastLines);
    this.#settle({ kind: 'failed', step: this.#current, failure: this.#ended });
    this.#log.end();
    return exit;
  }

  #settle(outcome: RunOutcome): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.settle(outcome);
  }

  #whenSettled(): Promise<void> {
    return new Promise((resolve) => {
      const pending = this.#pending;
      if (pending === null) return resolve();
      this.#pending = {
        last: pending.last,
        settle: (outcome) => {
          pending.settle(outcome);
          resolve();
        },
      };
    });
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
