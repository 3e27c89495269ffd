import { type FileHandle, open } from 'node:fs/promises';
import type { Disposable } from '../../common/disposable';
import { LineSplitter } from './lines';

const LOOK_EVERY_MS = 200;
const CHUNK_BYTES = 64 * 1024;

/**
 * Reads the lines that are added to a file. The trainer's stderr is the file itself, not a pipe to us: a library that
 * prints after we are gone would meet a broken pipe, and its exception would end the training.
 * Polls: fs.watch tells nothing on network file systems.
 */
export class LogTail implements Disposable {
  readonly #file: string;
  readonly #lines: LineSplitter;
  readonly #timer: NodeJS.Timeout;
  #handle: FileHandle | null = null;
  #position: number;
  #reading: Promise<void> = Promise.resolve();

  constructor(file: string, onLine: (line: string) => void, position = 0) {
    this.#file = file;
    this.#position = position;
    this.#lines = new LineSplitter(onLine);
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Reads what is left, and no more after that. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#look();
    this.#lines.end();
    await this.#close();
  }

  dispose(): void {
    clearInterval(this.#timer);
    void this.#reading.then(() => this.#close());
  }

  /** One look at a time, so that lines come in order. The log is a help, not the run: what can't be read is left out. */
  #look(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#readNew()).catch(() => {});
    return this.#reading;
  }

  async #readNew(): Promise<void> {
    this.#handle ??= await open(this.#file, 'r');
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await this.#handle.read(chunk, 0, CHUNK_BYTES, this.#position);
      if (bytesRead === 0) return;
      this.#position += bytesRead;
      this.#lines.push(chunk.subarray(0, bytesRead));
    }
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close().catch(() => {});
  }
}
