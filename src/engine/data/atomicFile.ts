import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { RequestError } from '../../protocol/channel';
import { fileWords } from './fileWords';

const BUFFER_CHARACTERS = 256 * 1024;

/** A file that is there as a whole or not at all: written beside its place, and moved there when all of it is on the disk. */
export class AtomicFile {
  readonly target: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  #pending = '';
  #writing: Promise<void> = Promise.resolve();
  #bytes = 0;

  private constructor(target: string, part: string, handle: FileHandle) {
    this.target = target;
    this.#part = part;
    this.#handle = handle;
  }

  static async create(target: string): Promise<AtomicFile> {
    const name = `.${path.basename(target)}.part-${randomBytes(6).toString('hex')}`;
    const part = path.join(path.dirname(target), name);
    return new AtomicFile(target, part, await worded(target, open(part, 'wx')));
  }

  /** Of what was handed to the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Waits while the disk is slower than whoever writes: no more than two buffers are in memory. */
  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= BUFFER_CHARACTERS) await this.#flush();
  }

  /** All of it is on the disk; what can still go wrong is a rename. */
  async finish(): Promise<void> {
    await this.#flush();
    await worded(this.target, this.#writing);
    await worded(this.target, this.#handle.sync());
    await worded(this.target, this.#handle.close());
  }

  /** Takes its place, after finish. */
  async place(): Promise<void> {
    await worded(this.target, rename(this.#part, this.target));
  }

  /** Leaves nothing. Never throws: it is called where something else has gone wrong. */
  async discard(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close().catch(() => undefined);
    await rm(this.#part, { force: true }).catch(() => undefined);
  }

  /** One write is on its way while the next buffer fills. */
  async #flush(): Promise<void> {
    const buffer = Buffer.from(this.#pending);
    this.#pending = '';
    await worded(this.target, this.#writing);
    this.#bytes += buffer.length;
    this.#writing = this.#write(buffer);
    // looked at by whoever writes next
    this.#writing.catch(() => undefined);
  }

  async #write(buffer: Buffer): Promise<void> {
    for (let written = 0; written < buffer.length;)
      written += (await this.#handle.write(buffer, written, buffer.length - written, null)).bytesWritten;
  }
}

async function worded<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const words = fileWords(error, file);
    throw words === null ? error : new RequestError(words, { cause: error });
  }
}
