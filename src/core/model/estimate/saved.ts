import type { Arena, Storage } from './arena';

/** What a node keeps for the backward pass; under checkpointing the numbers of what the second forward pass will give. */
export class Saved {
  readonly storages: Storage[] = [];
  readonly numbers: number[] = [];
}

/** A block under checkpointing (torch.utils.checkpoint without reentry): runs again when its backward pass begins. */
export class CheckpointGroup {
  /** How often the block's operations save something. */
  saves = 0;
  #hasBegun = false;
  #again: ReadonlyMap<number, Storage> | null = null;
  readonly #arena: Arena;
  readonly #input: Storage;
  readonly #run: (group: CheckpointGroup) => ReadonlyMap<number, Storage>;
  readonly #given = new Set<number>();

  constructor(arena: Arena, input: Storage, run: (group: CheckpointGroup) => ReadonlyMap<number, Storage>) {
    this.#arena = arena;
    this.#input = arena.hold(input);
    this.#run = run;
  }

  /** true once: at the group's first operation. */
  begin(): boolean {
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    return isFirst;
  }

  /** What was saved under these numbers; the caller drops it. */
  unpack(numbers: readonly number[]): readonly Storage[] {
    if (numbers.length === 0) return [];
    this.#again ??= this.#run(this);
    return numbers.flatMap((number) => {
      const storage = this.#again?.get(number);
      if (storage === undefined || this.#given.has(number)) return [];
      this.#given.add(number);
      return [storage];
    });
  }

  /** The block's backward pass is over. */
  end(): void {
    for (const [number, storage] of this.#again ?? []) if (!this.#given.has(number)) this.#arena.drop(storage);
    this.#arena.drop(this.#input);
  }
}
