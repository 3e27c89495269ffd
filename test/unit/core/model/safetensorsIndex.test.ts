import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { parseIndex } from '../../../../src/core/model/safetensorsIndex';
import { indexNotes } from '../../../../src/core/model/safetensorsNotes';
import type { SafetensorsTensor } from '../../../../src/core/model/safetensorsTensor';

const FILE = 'model.safetensors.index.json';
const index = (map: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ metadata: { total_size: 8 }, weight_map: map });

function refused(text: string): string {
  const result = parseIndex(text, FILE);
  if (result.ok) throw new Error('was taken');
  expect(result.error).toMatchObject({ kind: 'badIndex', severity: 'error', file: FILE });
  return formatMessage(result.error.message);
}

function shardsOf(text: string): readonly string[] {
  const result = parseIndex(text, FILE);
  if (!result.ok) throw new Error(formatMessage(result.error.message));
  return result.value.shards;
}

describe('an index', () => {
  test('names its files once each, sorted', () => {
    expect(shardsOf(index({ a: 'm-2.safetensors', b: 'm-1.safetensors', c: 'm-2.safetensors' }))).toEqual([
      'm-1.safetensors',
      'm-2.safetensors',
    ]);
  });

  test('may name files in folders below', () => {
    expect(shardsOf(index({ a: './part/one.safetensors' }))).toEqual(['part/one.safetensors']);
  });

  test('may say its size as anything: nobody reads it', () => {
    const text = '{"metadata":{"total_size":1.6e10,"x":[null,true]},"weight_map":{"a":"b.safetensors"},"later":[1]}';
    expect(shardsOf(text)).toEqual(['b.safetensors']);
  });

  test.each([
    '../secret.safetensors',
    'a/../../secret.safetensors',
    '/etc/secret.safetensors',
    '~/secret.safetensors',
    '\\\\host\\share\\secret.safetensors',
    '..\\secret.safetensors',
    'a\\..\\..\\secret.safetensors',
    'C:secret.safetensors',
    'c:/secret.safetensors',
  ])('that leads out of the folder is refused: %s', (name) => {
    expect(refused(index({ w: name }))).toBe(
      `${FILE}: ${name}, the file of the tensor w, leads out of the model’s folder.`,
    );
  });

  test.each([
    [
      'a pickle',
      index({ w: 'pytorch_model.bin' }),
      'pytorch_model.bin, the file of the tensor w, is no .safetensors file',
    ],
    ['no name', index({ w: '' }), 'is no .safetensors file'],
    ['a name with a null character', index({ w: 'a\0.safetensors' }), 'is no name of a file'],
    ['an endless name', index({ w: `${'x'.repeat(1e6)}.safetensors` }), 'is no name of a file'],
    ['a number for a name', index({ w: 7 }), 'the tensor w is given no name of a file'],
    ['a tensor twice', '{"metadata":{},"weight_map":{"w":"a.safetensors","w":"b.safetensors"}}', 'names w twice'],
    ['a map twice', '{"metadata":{},"weight_map":{"w":"a.safetensors"},"weight_map":{}}', 'names weight_map twice'],
    ['no map', '{"metadata":{}}', 'has no weight_map'],
    ['no metadata', '{"weight_map":{"w":"a.safetensors"}}', 'has no metadata, without which transformers'],
    ['metadata that is null', '{"metadata":null,"weight_map":{"w":"a.safetensors"}}', 'metadata must be an object'],
    ['an empty map', index({}), 'The weight_map of model.safetensors.index.json is empty'],
    ['a list for a map', '{"metadata":{},"weight_map":[]}', 'is broken at character 29: { was expected'],
    ['half of it', '{"metadata":{},"weight', 'is broken at character 23: " was expected'],
    ['a page of HTML', '<!DOCTYPE html>', 'is broken at character 1: { was expected'],
  ])('with %s is refused', (_, text, words) => {
    const said = refused(text);
    expect(said).toContain(words);
    expect(said.length).toBeLessThan(400);
  });

  test('with more files than any model has is refused', () => {
    const names = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`w${at}`, `${at}.safetensors`]));
    expect(refused(index(names))).toBe(`${FILE} names more than 10000 files.`);
  });
});

function tensors(...names: string[]): readonly SafetensorsTensor[] {
  return names.map((name) => ({ name, dtype: 'F32', shape: [], begin: 0, end: 4 }));
}

function notes(map: Readonly<Record<string, string>>, shards: Readonly<Record<string, readonly string[]>>) {
  const parsed = parseIndex(index(map), FILE);
  if (!parsed.ok) throw new Error('refused');
  const files = Object.entries(shards).map(([file, names]) => ({ file, tensors: tensors(...names) }));
  return indexNotes(parsed.value, files, FILE).map(({ kind, tensor, message }) => [
    kind,
    tensor,
    formatMessage(message),
  ]);
}

describe('an index and its files', () => {
  test('that agree need no note', () => {
    const map = { a: 'a.safetensors', b: 'b.safetensors' };
    expect(notes(map, { 'a.safetensors': ['a'], 'b.safetensors': ['b'] })).toEqual([]);
  });

  test('that disagree: what is missing, elsewhere, twice, and not named', () => {
    const map = { lost: 'a.safetensors', moved: 'a.safetensors', both: 'a.safetensors', here: 'b.safetensors' };
    expect(notes(map, { 'a.safetensors': ['both'], 'b.safetensors': ['here', 'moved', 'both', 'more'] })).toEqual([
      ['unexpectedTensor', 'both', 'both is in a.safetensors and in b.safetensors: the second counts.'],
      ['missingTensor', 'lost', `${FILE} names lost in a.safetensors, which lacks it.`],
      ['unexpectedTensor', 'moved', `${FILE} names moved in a.safetensors, but it is in b.safetensors.`],
      ['unexpectedTensor', 'both', `${FILE} names both in a.safetensors, but it is in b.safetensors.`],
      ['unexpectedTensor', 'more', `more is in b.safetensors, but ${FILE} doesn’t name it.`],
    ]);
  });

  test('that disagree in everything say so in few notes', () => {
    const map = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`w${at}`, 'a.safetensors']));
    expect(notes(map, { 'a.safetensors': [] }).length).toBe(20);
  });
});
