import type { PackedPart, PackedSequence } from './packRows';

/** trl.data_utils._pack_wrapped: one stream of all rows, cut every maxLength tokens. */
export function packWrapped(lengths: readonly number[], maxLength: number): PackedSequence[] {
  const sequences: PackedSequence[] = [];
  let sequence: PackedPart[] = [];
  let room = maxLength;
  for (const [row, length] of lengths.entries()) {
    for (let from = 0; from < length;) {
      const taken = Math.min(room, length - from);
      sequence.push({ row, from, length: taken });
      from += taken;
      room -= taken;
      if (room > 0) continue;
      sequences.push(sequence);
      sequence = [];
      room = maxLength;
    }
  }
  if (sequence.length > 0) sequences.push(sequence);
  return sequences;
}
