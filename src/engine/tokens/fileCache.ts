import { stat } from 'node:fs/promises';

interface Kept<T> {
  /** Time and size of every file when it was read. */
  readonly stamp: string;
  readonly value: T;
}

/** The last few things that were made of files, as long as the files stay as they were. */
export class FileCache<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  async get(files: readonly string[], make: () => Promise<T>): Promise<T> {
    const key = files.join('\0');
    const stamp = (await Promise.all(files.map(stampOf))).join('\0');
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    const value = kept?.stamp === stamp ? kept.value : await make();
    // Maps keep the order of insertion: the first is the one not asked for the longest.
    this.#kept.set(key, { stamp, value });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return value;
  }
}

async function stampOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(
    ({ mtimeNs, size }) => `${mtimeNs} ${size}`,
    () => 'missing',
  );
}
