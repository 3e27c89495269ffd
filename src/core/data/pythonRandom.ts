import { MersenneTwister } from './mersenneTwister';

/** Python's `random.Random(seed)`, as far as `sample` needs it (CPython Lib/random.py, the same in 3.10 to 3.14). */
export class PythonRandom {
  readonly #twister: MersenneTwister;

  /** seed: a whole number from 0 to 2^53 - 1. */
  constructor(seed: number) {
    this.#twister = MersenneTwister.ofWords(seed);
  }

  /** `sample(range(size), count)`; count <= size < 2^32. */
  sample(size: number, count: number): number[] {
    // Which way it takes decides how many numbers are drawn: the sizes are those of CPython's list and set.
    const setSize = 21 + (count > 5 ? 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 0);
    return size <= setSize ? this.#fromPool(size, count) : this.#fromSet(size, count);
  }

  #fromPool(size: number, count: number): number[] {
    const pool = Array.from({ length: size }, (_, index) => index);
    return Array.from({ length: count }, (_, index) => {
      const at = this.#below(size - index);
      const chosen = pool[at] ?? 0;
      pool[at] = pool[size - index - 1] ?? 0;
      return chosen;
    });
  }

  #fromSet(size: number, count: number): number[] {
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(this.#below(size));
    return [...chosen];
  }

  /** _randbelow_with_getrandbits */
  #below(limit: number): number {
    const unused = Math.clz32(limit);
    for (;;) {
      const value = this.#twister.next() >>> unused;
      if (value < limit) return value;
    }
  }
}
