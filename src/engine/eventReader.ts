import { type FileHandle, open, stat } from 'node:fs/promises';
import { decodeTrainerLine } from '../protocol/codec';
import type { TrainerEvent } from '../protocol/trainer';
import { LineSplitter } from './python/lines';

/** Large enough that a log of 30 MB is few reads, small enough that other work gets its turn in between (10 ms of decoding). */
const CHUNK_BYTES = 512 * 1024;

export interface EventReaderListener {
  /** New events in their order, a chunk's worth at a time. */
  onEvents(events: readonly TrainerEvent[]): void;
  /** The file is another one, or shorter than it was: its events follow from the first. */
  onRestart?(): void;
}

/**
 * Reads the events that were added to a log since the last look. A last line without its end waits for it; a line that is no
 * event (cut by a power failure, filled with NULs) is passed over. A log that is deleted meanwhile is read on: whoever writes it
 * has it open as we have.
 */
export class EventReader {
  readonly #file: string;
  readonly #listener: EventReaderListener;
  #handle: FileHandle | null = null;
  /** Device and inode: a file of the same name is another one when they differ. */
  #identity = '';
  #position = 0;
  #found: TrainerEvent[] = [];
  #lines = this.#splitter();
  #work: Promise<void> = Promise.resolve();

  constructor(file: string, listener: EventReaderListener) {
    this.#file = file;
    this.#listener = listener;
  }

  /** Resolves when all that is in the file now was told. One look at a time. Rejects where the file can't be read; none there is no error. */
  look(): Promise<void> {
    const look = this.#work.then(() => this.#look());
    this.#work = look.catch(() => {});
    return look;
  }

  /** Lets go of the file, after the look at work. */
  close(): Promise<void> {
    this.#work = this.#work.then(() => this.#close());
    return this.#work;
  }

  async #look(): Promise<void> {
    await this.#findFile();
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    while (this.#handle !== null) {
      const { bytesRead } = await this.#handle.read(chunk, 0, CHUNK_BYTES, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      this.#lines.push(chunk.subarray(0, bytesRead));
      const events = this.#found;
      this.#found = [];
      if (events.length > 0) this.#listener.onEvents(events);
    }
  }

  async #findFile(): Promise<void> {
    const there = await stat(this.#file, { bigint: true }).catch(unlessMissing);
    if (there === null) return;
    const identity = `${there.dev}:${there.ino}`;
    if (this.#handle !== null && identity === this.#identity && there.size >= this.#position) return;
    const again = this.#handle !== null;
    await this.#close();
    this.#handle = await open(this.#file, 'r').catch(unlessMissing);
    this.#identity = identity;
    this.#position = 0;
    this.#lines = this.#splitter();
    if (again) this.#listener.onRestart?.();
  }

  #splitter(): LineSplitter {
    return new LineSplitter((line) => {
      const decoded = decodeTrainerLine(line);
      if (decoded.kind === 'event') this.#found.push(decoded.event);
    });
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }
}

function unlessMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
  throw error;
}

/** All events of a log as it is now; none where it isn't there. */
export async function readEvents(file: string): Promise<readonly TrainerEvent[]> {
  const batches: (readonly TrainerEvent[])[] = [];
  const reader = new EventReader(file, { onEvents: (events) => void batches.push(events) });
  try {
    await reader.look();
  } finally {
    await reader.close();
  }
  return batches.flat();
}
