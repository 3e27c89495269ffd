import { stat } from 'node:fs/promises';

interface Kept<T> {
  readonly value: T;
  /** Size and time of each file that was looked for when the value was made of them. */
  readonly stamps: ReadonlyMap<string, Promise<string>>;
}

/** The last few things that were read, as long as all the files that were looked for stay as they were. */
export class ReadCache<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** make: reads, and tells each file before it looks for it. What it throws is not kept. */
  async get(key: string, make: (seen: (file: string) => void) => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && (await isAsItWas(kept.stamps))) {
      this.#keep(key, kept);
      return kept.value;
    }
    const stamps = new Map<string, Promise<string>>();
    const value = await make((file) => {
      if (!stamps.has(file)) stamps.set(file, stampOf(file));
    });
    this.#keep(key, { value, stamps });
    return value;
  }

  /** Maps keep the order of insertion: the first is the one not asked for the longest. */
  #keep(key: string, kept: Kept<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
  }
}

async function isAsItWas(stamps: ReadonlyMap<string, Promise<string>>): Promise<boolean> {
  const same = await Promise.all([...stamps].map(async ([file, stamp]) => (await stamp) === (await stampOf(file))));
  return same.every(Boolean);
}

async function stampOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(
    ({ mtimeNs, size }) => `${mtimeNs} ${size}`,
    () => 'missing',
  );
}
