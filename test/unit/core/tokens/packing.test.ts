import { expect, it } from 'vitest';
import { PythonRandom } from '../../../../src/core/data/pythonRandom';
import { batchesOf, orderOfSequences } from '../../../../src/core/tokens/orderOfSequences';
import { packRows, type PackingStrategy } from '../../../../src/core/tokens/packRows';
import { readParity } from '../../parityFile';

// SAFETY: tools/parity/packing_reference.py writes it so.
const reference = readParity('packing.json.gz') as {
  samples: { seed: number; size: number; count: number; sample: number[] }[];
  permutations: { seed: number; count: number; order: number[] }[];
  packings: {
    lengths: number[];
    maxLength: number;
    processes: number | null;
    strategy: PackingStrategy;
    sequences: [row: number, from: number, length: number][][];
    seqLengths: number[][] | null;
  }[];
};

it('draws the samples that Python draws', () => {
  for (const { seed, size, count, sample } of reference.samples)
    expect(new PythonRandom(seed).sample(size, count), `seed ${seed}, ${count} of ${size}`).toEqual(sample);
});

it('orders as torch.randperm does', () => {
  for (const { seed, count, order } of reference.permutations)
    expect(orderOfSequences(count, seed), `seed ${seed}, ${count}`).toEqual(order);
});

it('cuts an order into batches, the last smaller', () => {
  expect(batchesOf([4, 0, 2, 1, 3], 2)).toEqual([[4, 0], [2, 1], [3]]);
  expect(batchesOf([], 2)).toEqual([]);
});

it('packs as TRL does', () => {
  expect(reference.packings.length).toBeGreaterThan(20);
  for (const { lengths, maxLength, processes, strategy, sequences, seqLengths } of reference.packings) {
    const packed = packRows(lengths, maxLength, strategy, processes);
    const name = `${lengths.length} rows, ${maxLength}, ${strategy}, ${processes}`;
    expect(
      packed.map((parts) => parts.map(({ row, from, length }) => [row, from, length])),
      name,
    ).toEqual(sequences);
    if (seqLengths !== null)
      expect(
        packed.map((parts) => parts.map(({ length }) => length)),
        name,
      ).toEqual(seqLengths);
  }
});
