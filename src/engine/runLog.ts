import { open, stat } from 'node:fs/promises';
import { RunDigest } from '../core/run/digest';
import { LineSplitter } from './python/lines';

const CHUNK_BYTES = 1024 * 1024;

/** The digest of a log that may be growing: each look reads what is new, and a whole log only once. */
export class RunLog {
  readonly #file: string;
  #digest = new RunDigest();
  #lines = this.#newLines();
  /** Device and inode: a file of the same name is another one when they differ. */
  #identity = '';
  #position = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get digest(): RunDigest {
    return this.#digest;
  }

  get isThere(): boolean {
    return this.#position > 0;
  }

  /** True where there was something new. A file that isn't there is an empty one. */
  async look(): Promise<boolean> {
    const { size, identity } = await factsOf(this.#file);
    if (size === this.#position && identity === this.#identity) return false;
    if (size < this.#position || identity !== this.#identity) this.#forget();
    this.#identity = identity;
    if (size > 0) await this.#readNew();
    return true;
  }

  #newLines(): LineSplitter {
    return new LineSplitter((line) => this.#digest.take(line));
  }

  #forget(): void {
    this.#digest = new RunDigest();
    this.#lines = this.#newLines();
    this.#position = 0;
  }

  async #readNew(): Promise<void> {
    const handle = await open(this.#file, 'r');
    try {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      for (;;) {
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, this.#position);
        if (bytesRead === 0) return;
        this.#position += bytesRead;
        this.#lines.push(chunk.subarray(0, bytesRead));
      }
    } finally {
      this.#digest.letGoOfLines();
      await handle.close();
    }
  }
}

function factsOf(file: string): Promise<{ readonly size: number; readonly identity: string }> {
  return stat(file).then(
    ({ size, dev, ino }) => ({ size, identity: `${dev}:${ino}` }),
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { size: 0, identity: '' };
      throw error;
    },
  );
}
