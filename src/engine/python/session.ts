import { createWriteStream, type WriteStream } from 'node:fs';
import * as path from 'node:path';
import { decodeTrainerLine } from '../../protocol/codec';
import { encodeCommand, PROTOCOL, type TrainerCommand, type TrainerEvent } from '../../protocol/trainer';
import type { ExitInfo } from '../engine';
import { RUN_FILES, type RunDirectory } from '../runDirectory';
import { protocolFailure } from './crash';
import { HostSession } from './hostSession';
import { LineSplitter } from './lines';
import { LogTail } from './logTail';
import { exitOf, signalGroup, type TrainerProcess } from './trainerProcess';

/** The Python trainer in a process that this host has started: commands go to its stdin, events come from its stdout. */
export class PythonSession extends HostSession {
  readonly exited: Promise<ExitInfo>;
  readonly history: readonly TrainerEvent[] = [];
  readonly following = null;
  readonly #child: TrainerProcess;
  /** Lines of stdout that are no events go where stderr goes. */
  readonly #log: WriteStream;
  readonly #tail: LogTail;

  constructor(child: TrainerProcess, pid: number, run: RunDirectory) {
    super(pid, run);
    this.#child = child;
    const logFile = path.join(run.directory, RUN_FILES.log);
    this.#log = createWriteStream(logFile, { flags: 'a' });
    // The log is a help, not the run: a full disk is told by the trainer itself.
    this.#log.on('error', () => child.stdout.resume()).on('drain', () => child.stdout.resume());
    this.#tail = new LogTail(logFile, (line) => this.logged(line));
    const out = new LineSplitter((line) => this.#line(line));
    child.stdout.on('data', (chunk: Uint8Array) => out.push(chunk)).on('close', () => out.end());
    this.exited = exitOf(child, pid).then((exit) => this.#exit(exit));
  }

  /** Lets go of the process: what runs goes on to its end, an idle trainer waits a little for another host and ends by itself. */
  override dispose(): void {
    super.dispose();
    this.#tail.dispose();
    this.#child.stdin.end();
    // What the trainer goes on telling is in its log: reading it on would keep this process alive.
    this.#child.stdout.destroy();
    this.#child.unref();
  }

  protected async send(command: TrainerCommand): Promise<boolean> {
    if (!this.#child.stdin.writable) return false;
    this.#child.stdin.write(encodeCommand(command));
    return true;
  }

  protected async signal(to: 'leader' | 'group', signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (to === 'leader') this.#child.kill(signal);
    else signalGroup(this.pid, signal);
  }

  #line(line: string): void {
    // after a word of another protocol nothing can be trusted
    if (this.refused) return;
    const decoded = decodeTrainerLine(line);
    if (decoded.kind === 'noise') {
      if (line !== '') this.#keep(line);
      return;
    }
    const { event } = decoded;
    if (event.type === 'hello' && event.protocol !== PROTOCOL) this.refuse(protocolFailure(event.protocol, PROTOCOL));
    else this.take(event);
  }

  /** A library may print faster than the disk takes it: the pipe is left full then, instead of our memory. */
  #keep(line: string): void {
    if (this.#log.writable && !this.#log.write(`${line}\n`)) this.#child.stdout.pause();
  }

  async #exit(exit: ExitInfo): Promise<ExitInfo> {
    await new Promise<void>((resolve) => this.#log.end(() => resolve()));
    await this.#tail.end();
    await this.conclude(exit);
    return exit;
  }
}
