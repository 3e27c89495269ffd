/**
 * Finds texts that came before, without keeping them: 64 bits of each and the line it stood on, 12 bytes a place. Two
 * different texts out of four million are taken for the same with a probability below 1 in 1,000,000.
 */
export class SeenRows {
  readonly #limit: number;
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  /** Line + 1; 0 is a free place. */
  #lines = new Uint32Array(1024);
  #size = 0;

  /** limit: how many texts are remembered at most. 4 Mi of them take 100 MB. */
  constructor(limit = 4 * 1024 * 1024) {
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#size >= this.#limit;
  }

  /** The line on which the same text stood first; null where it is new, then it is remembered. */
  firstLine(text: string, line: number): number | null {
    const [high, low] = hash(text);
    const place = this.#placeOf(high, low);
    const found = this.#lines[place] ?? 0;
    if (found !== 0) return found - 1;
    if (this.full) return null;
    this.#put(place, high, low, line + 1);
    if (++this.#size * 2 > this.#lines.length) this.#grow();
    return null;
  }

  #placeOf(high: number, low: number): number {
    const mask = this.#lines.length - 1;
    let place = low & mask;
    while (this.#lines[place] !== 0 && (this.#high[place] !== high || this.#low[place] !== low))
      place = (place + 1) & mask;
    return place;
  }

  #put(place: number, high: number, low: number, value: number): void {
    this.#high[place] = high;
    this.#low[place] = low;
    this.#lines[place] = value;
  }

  #grow(): void {
    const before = { high: this.#high, low: this.#low, lines: this.#lines };
    const size = before.lines.length * 2;
    this.#high = new Uint32Array(size);
    this.#low = new Uint32Array(size);
    this.#lines = new Uint32Array(size);
    for (const [index, value] of before.lines.entries()) {
      if (value === 0) continue;
      const high = before.high[index] ?? 0;
      const low = before.low[index] ?? 0;
      this.#put(this.#placeOf(high, low), high, low, value);
    }
  }
}

/** Two independent FNV-1a over UTF-16 units, each finished as in MurmurHash3 (fmix32), so that all bits depend on all units. */
function hash(text: string): readonly [high: number, low: number] {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x5bd1e995);
    low ^= low >>> 15;
  }
  return [mixed(high), mixed(low)];
}

function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
