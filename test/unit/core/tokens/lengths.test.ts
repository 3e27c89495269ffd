import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { lengthBins } from '../../../../src/core/tokens/countsLengths';
import { suggestMaxLength } from '../../../../src/core/tokens/suggestMaxLength';

const lengths = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 300 });
const packings = fc.constantFrom('no', 'wrapped', 'bfd', 'bfd_split');

it('counts every row in one of about two dozen bins of one width', () => {
  fc.assert(
    fc.property(lengths, (values) => {
      const bins = lengthBins(values);
      expect(bins.length).toBeLessThanOrEqual(26);
      expect(new Set(bins.map(({ from, to }) => to - from)).size).toBe(1);
      for (const { from, to, rows } of bins)
        expect(rows).toBe(values.filter((length) => length >= from && length < to).length);
      expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(values.length);
      expect(bins[0]?.rows).toBeGreaterThan(0);
      expect(bins.at(-1)?.rows).toBeGreaterThan(0);
    }),
  );
  expect(lengthBins([])).toEqual([]);
});

it('suggests a length that nearly all rows fit into, in steps that GPUs like', () => {
  fc.assert(
    fc.property(lengths, packings, (values, packing) => {
      const suggestion = suggestMaxLength(values, { packing })!;
      expect(suggestion.maxLength % (suggestion.maxLength <= 256 ? 8 : 64)).toBe(0);
      const fits = values.filter((length) => length <= suggestion.maxLength).length / values.length;
      expect(suggestion.fits).toBe(fits);
      expect(fits).toBeGreaterThanOrEqual(0.99);
    }),
  );
  expect(suggestMaxLength([], { packing: 'no' })).toBeNull();
});

it('makes no room for a single long row, but for one that is a little longer', () => {
  const usual = Array.from({ length: 500 }, (_, index) => 60 + (index % 40));
  expect(suggestMaxLength([...usual, 3000], { packing: 'no' })).toMatchObject({ maxLength: 104 });
  expect(suggestMaxLength([...usual, 110], { packing: 'no' })).toMatchObject({ maxLength: 112, fits: 1 });
});

it('suggests a longer sequence where rows are packed into it', () => {
  const rows = Array.from({ length: 720 }, (_, index) => 18 + (index % 38));
  const packed = suggestMaxLength(rows, { packing: 'wrapped' })!;
  // the chapter's 64 would cut every second row in two
  expect(packed.maxLength).toBeGreaterThan(4 * 55);
  expect(suggestMaxLength(rows, { packing: 'no' })).toMatchObject({ maxLength: 56, fits: 1 });
});
