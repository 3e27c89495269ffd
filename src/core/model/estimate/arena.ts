import type { MemoryPartKind } from '../../../protocol/model';
import { rounded } from './bytes';

/** A piece of device memory that several may hold; it is given back when nobody does. */
export interface Storage {
  readonly bytes: number;
  readonly kind: MemoryPartKind;
  holders: number;
}

/** What torch.cuda.max_memory_allocated() counts: bytes that live, the most there ever were, and of which kinds. */
export class Arena {
  #live = 0;
  #peak = 0;
  readonly #byKind = new Map<MemoryPartKind, number>();
  #atPeak: ReadonlyMap<MemoryPartKind, number> = new Map();
  /** The peak is now: what it is made of is looked at when something goes. */
  #isRising = false;

  /** With one holder: whoever asked. */
  take(bytes: number, kind: MemoryPartKind): Storage {
    const storage = { bytes: rounded(bytes), kind, holders: 1 };
    this.#change(storage, 1);
    if (this.#live > this.#peak) {
      this.#peak = this.#live;
      this.#isRising = true;
    }
    return storage;
  }

  hold(storage: Storage): Storage {
    storage.holders++;
    return storage;
  }

  drop(storage: Storage): void {
    storage.holders--;
    if (storage.holders > 0) return;
    this.#look();
    this.#change(storage, -1);
  }

  /** What a kernel or an expression needs for a moment. */
  moment(bytes: number, kind: MemoryPartKind = 'workspace'): void {
    this.drop(this.take(bytes, kind));
  }

  get live(): number {
    return this.#live;
  }

  get peak(): number {
    return this.#peak;
  }

  get atPeak(): ReadonlyMap<MemoryPartKind, number> {
    this.#look();
    return this.#atPeak;
  }

  #look(): void {
    if (!this.#isRising) return;
    this.#atPeak = new Map(this.#byKind);
    this.#isRising = false;
  }

  #change({ bytes, kind }: Storage, sign: 1 | -1): void {
    this.#live += sign * bytes;
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? 0) + sign * bytes);
  }
}
