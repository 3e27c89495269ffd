import { array, assert, nat, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../../../src/engine/python/lines';

function split(bytes: Uint8Array, sizes: readonly number[], maxLength?: number): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), maxLength);
  let start = 0;
  for (const size of sizes) {
    splitter.push(bytes.subarray(start, start + size));
    start += size;
  }
  splitter.push(bytes.subarray(start));
  splitter.end();
  return lines;
}

test('lines are the same wherever the chunks are cut, in the middle of a character too', () => {
  const line = string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''));
  assert(
    property(array(line, { minLength: 1 }), array(nat(9)), (lines, sizes) => {
      const bytes = new TextEncoder().encode(lines.map((text) => `${text}\n`).join(''));
      // a byte order mark at the start is swallowed by the decoder, as JSON wants it
      const expected = lines.map((text, index) => (index === 0 ? text.replace(/^\uFEFF/, '') : text));
      expect(split(bytes, sizes)).toEqual(expected);
    }),
  );
});

test('CRLF ends a line, the last one needs no end, broken UTF-8 is replaced', () => {
  expect(split(new TextEncoder().encode('a\r\nb\n\nc'), [2, 1])).toEqual(['a', 'b', '', 'c']);
  expect(split(Uint8Array.of(0x61, 0xff, 0x0a), [])).toEqual(['a\uFFFD']);
});

test('a line without end is handed on in pieces instead of filling the memory', () => {
  const lines = split(new TextEncoder().encode('x'.repeat(1000)), [100, 100, 100, 100, 100, 100, 100, 100, 100], 250);
  expect(lines.join('')).toBe('x'.repeat(1000));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(350);
});
