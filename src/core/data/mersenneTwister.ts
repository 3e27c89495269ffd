const SIZE = 624;
const SHIFT = 397;

/** MT19937, the generator of both Python's `random` and torch's CPU generator; they differ only in how they are seeded. */
export class MersenneTwister {
  readonly #state: Uint32Array;
  #index = SIZE;

  private constructor(state: Uint32Array) {
    this.#state = state;
  }

  /** init_genrand: torch's `manual_seed` (aten/src/ATen/core/MT19937RNGEngine.h) takes the low 32 bits of the seed. */
  static ofNumber(seed: number): MersenneTwister {
    return new MersenneTwister(stateOf(lowWord(seed)));
  }

  /** init_by_array: `random.seed(int)` (CPython Modules/_randommodule.c) takes every 32-bit word, the lowest first. */
  static ofWords(seed: number): MersenneTwister {
    const key = [lowWord(seed)];
    if (seed >= 2 ** 32) key.push(lowWord(Math.floor(seed / 2 ** 32)));
    const state = stateOf(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(SIZE, key.length); k > 0; k--) {
      state[i] = (at(state, i) ^ Math.imul(mixed(at(state, i - 1)), 1664525)) + (key[j] ?? 0) + j;
      if (++i >= SIZE) {
        state[0] = at(state, SIZE - 1);
        i = 1;
      }
      if (++j >= key.length) j = 0;
    }
    for (let k = SIZE - 1; k > 0; k--) {
      state[i] = (at(state, i) ^ Math.imul(mixed(at(state, i - 1)), 1566083941)) - i;
      if (++i >= SIZE) {
        state[0] = at(state, SIZE - 1);
        i = 1;
      }
    }
    state[0] = 0x80000000;
    return new MersenneTwister(state);
  }

  /** 32 random bits. */
  next(): number {
    if (this.#index >= SIZE) this.#twist();
    let y = at(this.#state, this.#index++);
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let k = 0; k < SIZE; k++) {
      const y = (at(state, k) & 0x80000000) | (at(state, (k + 1) % SIZE) & 0x7fffffff);
      state[k] = at(state, (k + SHIFT) % SIZE) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }
}

function stateOf(seed: number): Uint32Array {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) state[i] = Math.imul(mixed(at(state, i - 1)), 1812433253) + i;
  return state;
}

function mixed(word: number): number {
  return word ^ (word >>> 30);
}

function at(state: Uint32Array, index: number): number {
  return state[index] ?? 0;
}

/** Bit operators would cut a seed above 2^32 wrongly: they take numbers modulo 2^32 only below 2^53. */
function lowWord(value: number): number {
  return value % 2 ** 32;
}
