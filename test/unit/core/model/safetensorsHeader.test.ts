import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { headerLength, parseHeader } from '../../../../src/core/model/safetensorsHeader';
import { headerBytes, layOut } from './safetensorsFile';

const FILE = 'model.safetensors';

/** What is said of a file with this header and so many bytes of data. */
function read(text: string | Uint8Array, dataBytes: number) {
  const bytes = headerBytes(text);
  const length = headerLength(bytes.subarray(0, 8), bytes.length + dataBytes, FILE);
  if (!length.ok) return length;
  return parseHeader(bytes.subarray(8, 8 + length.value), bytes.length + dataBytes, FILE);
}

function refused(text: string | Uint8Array, dataBytes: number): string {
  const result = read(text, dataBytes);
  if (result.ok) throw new Error('was taken');
  expect(result.error).toMatchObject({ kind: 'badHeader', severity: 'error', file: FILE });
  expect(formatMessage(result.error.remedy)).not.toBe('');
  return formatMessage(result.error.message);
}

const one = (fields: string): string => `{"a.weight":{${fields}}}`;
const tensor = (dtype: string, shape: string, offsets: string): string =>
  one(`"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}`);

describe('a header', () => {
  test('gives its tensors in its own order, with names of any characters', () => {
    const shapes = { 'b.weight': [2, 3], 'ä 日本 "quoted" \\ 😀': [4], 'a.bias': [], empty: [0, 7] };
    const { header, dataBytes } = layOut(shapes);
    const result = read(JSON.stringify({ __metadata__: { format: 'pt' }, ...header }), dataBytes);
    if (!result.ok) throw new Error(formatMessage(result.error.message));
    expect(result.value.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual(
      Object.entries(shapes).map(([name, shape]) => [name, shape, 'BF16']),
    );
  });

  test('may be written in any order and end in spaces, as old writers did', () => {
    const text = `{"z":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}, "a":{"data_offsets":[0,2],"shape":[1],"dtype":"F16","later":[{"x":null}]}}   `;
    const result = read(text, 6);
    expect(result.ok && result.value.map(({ name }) => name)).toEqual(['z', 'a']);
  });

  test('may hold no tensor, and null as its metadata', () => {
    expect(read('{"__metadata__":null}', 0)).toEqual({ ok: true, value: [] });
  });

  test.each([
    ['BOOL', 8],
    ['F4', 4],
    ['F6_E2M3', 6],
    ['F6_E3M2', 6],
    ['U8', 8],
    ['F8_E4M3', 8],
    ['F8_E5M2', 8],
    ['F8_E8M0', 8],
    ['F8_E4M3FNUZ', 8],
    ['F8_E5M2FNUZ', 8],
    ['BF16', 16],
    ['F32', 32],
    ['C64', 64],
    ['U64', 64],
  ])('%s has %i bits', (dtype, bits) => {
    const bytes = (12 * bits) / 8;
    expect(read(tensor(dtype, '[3,4]', `[0,${bytes}]`), bytes).ok).toBe(true);
    expect(refused(tensor(dtype, '[3,4]', `[0,${bytes + 1}]`), bytes + 1)).toBe(
      `Tensor a.weight of ${FILE}: ${dtype} of shape [3, 4] takes ${bytes} bytes, but its data_offsets hold ${bytes + 1}.`,
    );
  });

  test('of a hundred thousand tensors is read', () => {
    const shapes = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, at) => [`model.layers.${at}.weight`, [2, 2]]),
    );
    const { header, dataBytes } = layOut(shapes);
    const result = read(JSON.stringify(header), dataBytes);
    expect(result.ok && result.value.length).toBe(100_000);
  });
});

/** What is said of a file that begins so. */
function said(start: Uint8Array, fileBytes: number): string {
  const result = headerLength(start, fileBytes, FILE);
  if (result.ok) throw new Error('was taken');
  expect(result.error.kind).toBe('badHeader');
  return formatMessage(result.error.message);
}

describe('a length that can’t be', () => {
  test.each([
    [10_000_000_000n, '10000000000'],
    [2n ** 64n - 1n, '18446744073709551615'],
    [100_000_001n, '100000001'],
  ])('%s bytes are not allocated but refused', (claimed, shown) => {
    expect(said(headerBytes('', claimed), 2 ** 50)).toBe(
      `${FILE} says that its header has ${shown} bytes; safetensors takes 100000000 at most.`,
    );
  });

  test('past the end of the file', () => {
    expect(said(headerBytes('', 1000n), 500)).toBe(
      `${FILE} says that its header has 1000 bytes, but the file ends after 500.`,
    );
  });

  test.each([0, 1, 7])('in a file of %i bytes', (bytes) => {
    expect(said(new Uint8Array(bytes), bytes)).toBe(`${FILE} has ${bytes} bytes: too few for a header.`);
  });

  test('is a pointer of Git LFS: says how to get the weights', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 4976698672\n';
    const result = headerLength(new TextEncoder().encode(pointer).subarray(0, 8), pointer.length, FILE);
    expect(result.ok ? '' : formatMessage(result.error.message)).toBe(
      `${FILE} holds no weights but a pointer of Git LFS.`,
    );
    expect(result.ok ? '' : formatMessage(result.error.remedy)).toContain('git lfs pull');
  });
});

describe('a hostile or damaged header names what is wrong', () => {
  const good = '"dtype":"F32","shape":[2],"data_offsets":[0,8]';
  test.each([
    ['a tensor twice', `{"a":{${good}},"a":{${good}}}`, 8, 'names a twice'],
    ['a tensor twice, once in escapes', `{"a":{${good}},"\\u0061":{${good}}}`, 8, 'names a twice'],
    ['metadata twice', '{"__metadata__":{},"__metadata__":{}}', 0, 'names __metadata__ twice'],
    ['a key of metadata twice', '{"__metadata__":{"x":"1","x":"2"}}', 0, 'names __metadata__.x twice'],
    ['a number in metadata', '{"__metadata__":{"x":1}}', 0, '__metadata__.x holds something else than text'],
    ['a shape twice', one(`"shape":[1],${good}`), 8, 'shape stands there twice'],
    ['no dtype', one('"shape":[2],"data_offsets":[0,8]'), 8, 'a.weight of model.safetensors has no dtype'],
    ['no offsets', one('"shape":[2],"dtype":"F32"'), 8, 'has no data_offsets'],
    ['a dtype that isn’t', tensor('F33', '[2]', '[0,8]'), 8, 'the dtype F33, which safetensors doesn’t know'],
    ['a negative size', tensor('F32', '[-2]', '[0,8]'), 8, 'shape holds -2, which is no whole number'],
    ['half a size', tensor('F32', '[2.5]', '[0,8]'), 8, 'shape holds 2.5, which is no whole number'],
    ['a size as a power', tensor('F32', '[2e0]', '[0,8]'), 8, 'shape holds 2e0, which is no whole number'],
    ['a huge size', tensor('F32', '[99999999999999999999]', '[0,8]'), 8, 'shape holds 99999999999999999999, more than'],
    ['sizes that overflow', tensor('F32', '[4294967296,4294967296]', '[0,0]'), 0, 'is larger than any file'],
    ['a size as text', tensor('F32', '["2"]', '[0,8]'), 8, 'is broken at character'],
    ['no list as a shape', tensor('F32', '2', '[0,8]'), 8, 'is broken at character 36: [ was expected'],
    ['a negative offset', tensor('F32', '[2]', '[-8,0]'), 0, 'data_offsets holds -8'],
    ['one offset', tensor('F32', '[2]', '[8]'), 8, 'data_offsets holds 1 numbers'],
    ['three offsets', tensor('F32', '[2]', '[0,8,8]'), 8, 'data_offsets holds 3 numbers'],
    ['offsets that run back', tensor('F32', '[2]', '[8,0]'), 8, 'ends at 0, before it begins at 8'],
    ['a first tensor that isn’t at 0', tensor('F32', '[2]', '[4,12]'), 12, 'begins at 4 of the data; 0 was expected'],
    ['half a byte', tensor('F4', '[3]', '[0,2]'), 2, 'F4 of shape [3] ends within a byte'],
    ['less data than it says', tensor('F32', '[2]', '[0,8]'), 7, 'is incomplete: its tensors take 8 bytes, but only 7'],
    ['more data than it says', tensor('F32', '[2]', '[0,8]'), 9, 'goes on behind its last tensor'],
    [
      'a hole',
      `{"a":{${good}},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}`,
      16,
      'Tensor b of model.safetensors begins at 12 of the data; 8 was expected',
    ],
    [
      'an overlap',
      `{"a":{${good}},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`,
      8,
      'Tensor b of model.safetensors begins at 4 of the data; 8',
    ],
    ['another beginning', ' {}', 0, 'is broken at character 1: { was expected'],
    ['something behind its end', '{} x', 0, 'is broken at character 4: EOF was expected'],
    ['a list', '[]', 0, 'is broken at character 1'],
    ['nothing', '', 0, 'is broken at character 1'],
    ['an end within', '{"a":{"dtype":"F3', 0, 'is broken at character 18: " was expected'],
    ['a comma too many', '{"__metadata__":{},}', 0, 'is broken at character 20: " was expected'],
    ['a line end in a name', '{"a\nb":{}}', 0, 'is broken at character 4'],
    ['an escape that isn’t', '{"a\\x":{}}', 0, 'is broken at character'],
    ['half a character in a name', '{"\\ud800":{}}', 0, 'is broken at character'],
    ['an endless nesting', one(`"later":${'['.repeat(200_000)}`), 0, 'is broken at character'],
  ] as const)('%s', (_, text, dataBytes, words) => {
    expect(refused(text, dataBytes)).toContain(words);
  });

  test('bytes that are no UTF-8', () => {
    expect(refused(Uint8Array.of(0x7b, 0xff, 0x7d), 0)).toBe(`The header of ${FILE} is no UTF-8 text.`);
  });

  test('a name of megabytes is refused, and not repeated', () => {
    const words = refused(`{"${'x'.repeat(5_000_000)}":{${good}}}`, 8);
    expect(words).toContain('a tensor with 5000000 characters');
    expect(words.length).toBeLessThan(300);
  });
});

describe('any header', () => {
  const shapes = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    fc.array(fc.nat(9), { maxLength: 4 }),
    {
      maxKeys: 12,
      noNullPrototype: true,
    },
  );

  test('that is laid out as it should be is taken, with its shapes', () => {
    fc.assert(
      fc.property(shapes, (named) => {
        const { header, dataBytes } = layOut(named);
        const result = read(JSON.stringify(header), dataBytes);
        expect(result.ok && result.value.map(({ name, shape }) => [name, shape])).toEqual(Object.entries(named));
      }),
    );
  });

  test('cut or changed at any byte is taken or refused, and never throws', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.nat(255), fc.boolean(), (named, at, byte, cut) => {
        const { header, dataBytes } = layOut(named);
        const bytes = new TextEncoder().encode(JSON.stringify(header));
        const place = at % bytes.length;
        const changed = cut ? bytes.slice(0, place) : bytes.with(place, byte);
        const result = read(changed, dataBytes);
        if (!result.ok) expect(result.error.kind).toBe('badHeader');
      }),
      { numRuns: 500 },
    );
  });
});
