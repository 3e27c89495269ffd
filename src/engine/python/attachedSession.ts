import * as path from 'node:path';
import { deferred } from '../../common/deferred';
import type { TrainerCommand, TrainerEvent } from '../../protocol/trainer';
import type { ExitInfo, RunOutcome } from '../engine';
import type { EventTail } from '../eventTail';
import { RUN_FILES, type RunDirectory } from '../runDirectory';
import { isStillTrainer, isTrainer } from '../trainerAlive';
import { appendLine } from './appendLine';
import { UNKNOWN_EXIT } from './crash';
import { HostLease } from './hostLease';
import { HostSession } from './hostSession';
import { LogTail } from './logTail';
import { endAbandonedGroup, signalGroup, signalLeader } from './trainerProcess';

const ALIVE_EVERY_MS = 500;

export interface Attachment {
  readonly pid: number;
  readonly run: RunDirectory;
  readonly history: readonly TrainerEvent[];
  /** Has read the history; what it reads from here on is handed to `follow`. */
  readonly events: EventTail;
  /** Where the lines of log.txt go on, and the last ones before. */
  readonly log: { readonly position: number; readonly lastLines: readonly string[] };
}

/** A trainer that another host has started: events come from the run's log, commands go to a file that the trainer reads. */
export class AttachedSession extends HostSession {
  readonly history: readonly TrainerEvent[];
  readonly following: Promise<RunOutcome> | null;
  readonly exited: Promise<ExitInfo>;
  readonly #events: EventTail;
  readonly #lease: HostLease;
  readonly #log: LogTail;
  readonly #aliveTimer: NodeJS.Timeout;
  #repeatedUpTo = -1;

  constructor({ pid, run, history, events, log }: Attachment) {
    super(pid, run);
    this.history = history;
    for (const event of history) this.follower.take(event);
    this.following = this.follower.atWork;
    for (const line of log.lastLines) this.remember(line);
    this.#events = events;
    this.#log = new LogTail(path.join(run.directory, RUN_FILES.log), (line) => this.logged(line), log.position);
    this.#lease = new HostLease(run.directory);
    const gone = deferred<void>();
    this.exited = gone.promise.then(() => this.#exit());
    // Keeps this process alive, as a child process would.
    this.#aliveTimer = setInterval(() => void this.#lookWhetherGone(gone.resolve), ALIVE_EVERY_MS);
  }

  /** Takes what was added to the log. */
  follow(events: readonly TrainerEvent[]): void {
    for (const event of events) if (event.seq > this.#repeatedUpTo) this.take(event);
  }

  /** The log was replaced or cut short: what it tells first is known. */
  begunAnew(): void {
    this.#repeatedUpTo = this.follower.seq;
  }

  /** Lets go of the run: nothing more is told, and an idle trainer that nobody else holds ends by itself. */
  override dispose(): void {
    super.dispose();
    this.#letGo();
  }

  protected async send(command: TrainerCommand): Promise<boolean> {
    // One of before reads its stdin only.
    if (!this.follower.tellsRuns) return false;
    return appendLine(path.join(this.runDirectory, RUN_FILES.commands), JSON.stringify(command));
  }

  protected async signal(to: 'leader' | 'group', signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    // It may have ended since the last look, and its number may be somebody else's.
    if (!(await isTrainer(this.pid, this.runDirectory))) return;
    if (to === 'leader') signalLeader(this.pid, signal);
    else signalGroup(this.pid, signal);
  }

  async #lookWhetherGone(gone: () => void): Promise<void> {
    if (!(await isStillTrainer(this.pid, this.runDirectory))) gone();
  }

  async #exit(): Promise<ExitInfo> {
    endAbandonedGroup(this.pid);
    await this.#events.look();
    // What a host adds to the log now is told by `conclude`.
    this.#events.dispose();
    await this.#log.end();
    await this.conclude(UNKNOWN_EXIT);
    this.#letGo();
    return UNKNOWN_EXIT;
  }

  #letGo(): void {
    clearInterval(this.#aliveTimer);
    this.#events.dispose();
    this.#log.dispose();
    this.#lease.dispose();
  }
}
