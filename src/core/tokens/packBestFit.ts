import type { PackedPart, PackedSequence } from './packRows';

/**
 * trl.data_utils._pack_bfd: the longest first, each into the fullest sequence that has room. Among sequences with equal
 * room the one that got it first, as TRL's deques do; the order of the sequences is that of their longest part.
 */
export function packBestFit(
  lengths: readonly number[],
  maxLength: number,
  overflow: 'truncate' | 'split',
): PackedSequence[] {
  const parts = lengths.flatMap((length, row) => partsOf(row, length, maxLength, overflow));
  // Arrow's descending sort is stable, like this one.
  parts.sort((a, b) => b.length - a.length);
  const sequences: PackedPart[][] = [];
  const byRoom: PackedPart[][][] = Array.from({ length: maxLength + 1 }, () => []);
  const rooms = new Rooms(maxLength);
  for (const part of parts) {
    const room = rooms.leastFrom(part.length);
    const sequence = (room === null ? undefined : byRoom[room]?.shift()) ?? [];
    if (room === null) sequences.push(sequence);
    else if (byRoom[room]?.length === 0) rooms.remove(room);
    sequence.push(part);
    const left = (room ?? maxLength) - part.length;
    byRoom[left]?.push(sequence);
    if (left > 0) rooms.add(left);
  }
  return sequences;
}

function partsOf(row: number, length: number, maxLength: number, overflow: 'truncate' | 'split'): PackedPart[] {
  if (length === 0) return [];
  if (overflow === 'truncate') return [{ row, from: 0, length: Math.min(length, maxLength) }];
  return Array.from({ length: Math.ceil(length / maxLength) }, (_, index) => {
    const from = index * maxLength;
    return { row, from, length: Math.min(maxLength, length - from) };
  });
}

/** Which rooms below maxLength are left somewhere. A tree of maxima, so that a million rows take seconds. */
class Rooms {
  readonly #leaves: number;
  /** 1 where the node's stretch holds a room. Heap order: children of i are 2i and 2i + 1. */
  readonly #tree: Uint8Array;
  readonly #maxLength: number;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
    this.#leaves = 2 ** Math.ceil(Math.log2(maxLength + 1));
    this.#tree = new Uint8Array(2 * this.#leaves);
  }

  add(room: number): void {
    for (let node = this.#leaves + room; node >= 1 && this.#tree[node] === 0; node >>= 1) this.#tree[node] = 1;
  }

  remove(room: number): void {
    let node = this.#leaves + room;
    this.#tree[node] = 0;
    for (node >>= 1; node >= 1; node >>= 1) {
      if (this.#tree[2 * node] === 1 || this.#tree[2 * node + 1] === 1) return;
      this.#tree[node] = 0;
    }
  }

  /** The smallest room of at least `length` and below maxLength; null: only an empty sequence has it. */
  leastFrom(length: number): number | null {
    if (length >= this.#maxLength) return null;
    let node = this.#leaves + length;
    while (this.#tree[node] === 0) {
      // up until there is a brother to the right, then he
      while (node > 1 && node % 2 === 1) node >>= 1;
      if (node <= 1) return null;
      node++;
    }
    while (node < this.#leaves) node = this.#tree[2 * node] === 1 ? 2 * node : 2 * node + 1;
    return node - this.#leaves;
  }
}
