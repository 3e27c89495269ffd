// The same files as the Rust crate takes and refuses: tools/parity/safetensors_reference.py.
import { expect, test } from 'vitest';
import { headerLength, LENGTH_BYTES, parseHeader } from '../../../../src/core/model/safetensorsHeader';
import { readParity } from '../../parityFile';

interface Case {
  readonly file: string; // base64
  /** Name, dtype and shape of each, sorted by name; null where the file is refused. */
  readonly tensors: readonly [string, string, readonly number[]][] | null;
}

// SAFETY: written by tools/parity/safetensors_reference.py, which says this shape.
const cases = readParity('safetensors.json.gz') as readonly Case[];

function read(file: Uint8Array): Case['tensors'] {
  const length = headerLength(file.subarray(0, LENGTH_BYTES), file.length, 'x');
  if (!length.ok) return null;
  const tensors = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + length.value), file.length, 'x');
  if (!tensors.ok) return null;
  return tensors.value
    .map(({ name, dtype, shape }): [string, string, readonly number[]] => [name, dtype, shape])
    .toSorted(([a], [b]) => compare([...a], [...b]));
}

/** As Python sorts: by code points. */
function compare(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; ; at++) {
    const [left, right] = [a[at]?.codePointAt(0) ?? -1, b[at]?.codePointAt(0) ?? -1];
    if (left !== right || left < 0) return left - right;
  }
}

test('there are files of both kinds', () => {
  expect(cases.filter(({ tensors }) => tensors === null).length).toBeGreaterThan(200);
  expect(cases.filter(({ tensors }) => tensors !== null && tensors.length > 1).length).toBeGreaterThan(50);
});

test('each file is taken or refused as the crate does, with the same tensors', () => {
  for (const { file, tensors } of cases) {
    const bytes = Buffer.from(file, 'base64');
    expect(read(bytes), bytes.toString('latin1')).toEqual(tensors);
  }
});
