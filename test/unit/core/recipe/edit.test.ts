import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { applyEdits, removal, setRecipeValue } from '../../../../src/core/recipe/edit';
import { RecipeSource } from '../../../../src/core/recipe/source';

function set(text: string, path: string, value: unknown): string {
  const edit = setRecipeValue(text, path.split('.'), value);
  if (edit === null) throw new Error('no edit');
  return applyEdits(text, [edit]);
}

describe('setRecipeValue', () => {
  test.each([
    ['a scalar keeps its comment', 'lora:\n  r: 8 # rank\n  b: 1\n', 'lora.r', 16, 'lora:\n  r: 16 # rank\n  b: 1\n'],
    [
      'a block list becomes a line',
      'lora:\n  t:\n    - a\n    - b\n  r: 8\n',
      'lora.t',
      ['a', 'c'],
      'lora:\n  t: [a, c]\n  r: 8\n',
    ],
    [
      'a comment after the colon stays',
      'lora:\n  t: # why\n    - a\n',
      'lora.t',
      ['b'],
      'lora:\n  t: # why\n    [b]\n',
    ],
    ['an empty value is filled', 'lora:\n  r: # rank\n', 'lora.r', 4, 'lora:\n  r: 4 # rank\n'],
    [
      'a new key goes below the last',
      'lora:\n  r: 8 # rank\n\n# next\ndata:\n',
      'lora.bias',
      'none',
      'lora:\n  r: 8 # rank\n  bias: none\n\n# next\ndata:\n',
    ],
    [
      'deeper indentation is kept',
      'train:\n    data:\n        a: 1\n',
      'train.data.b',
      true,
      'train:\n    data:\n        a: 1\n        b: true\n',
    ],
    [
      'a group is made',
      'train:\n  data:\n    a: 1\n',
      'train.memory.bf16',
      false,
      'train:\n  data:\n    a: 1\n  memory:\n    bf16: false\n',
    ],
    ['a section is made', 'model:\n  a: 1', 'lora.r', 8, 'model:\n  a: 1\n\nlora:\n  r: 8\n'],
    ['an empty section is filled', 'lora: # nothing\ndata:\n', 'lora.r', 8, 'lora: # nothing\n  r: 8\ndata:\n'],
    ['a null section is filled', 'lora: null\n', 'lora.r', 8, 'lora:\n  r: 8\n'],
    ['a flow mapping is extended', 'train: {data: {a: 1}}\n', 'train.data.b', 2, 'train: {data: {a: 1, b: 2}}\n'],
    ['an empty flow mapping is extended', 'lora: {}\n', 'lora.rank_pattern.x', 2, 'lora: {rank_pattern: {x: 2}}\n'],
    ['CRLF is kept', 'lora:\r\n  r: 8\r\n', 'lora.b', 1, 'lora:\r\n  r: 8\r\n  b: 1\r\n'],
    ['text that YAML would read otherwise is quoted', 'a:\n  b: x\n', 'a.b', '8', 'a:\n  b: "8"\n'],
    ['an empty file gets its first section', '# c\n', 'lora.r', 8, '# c\nlora:\n  r: 8\n'],
  ])('%s', (_, text, path, value, expected) => {
    expect(set(text, path, value)).toBe(expected);
  });

  test('does nothing to a text that it cannot read, or through a value', () => {
    expect(setRecipeValue('lora: [', ['lora', 'r'], 8)).toBeNull();
    expect(setRecipeValue('lora: 3\n', ['lora', 'r'], 8)).toBeNull();
    expect(setRecipeValue('- a\n', ['lora', 'r'], 8)).toBeNull();
  });

  test('sets what it says, and nothing else', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const leaf = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('x', 'null', 'no', '1e3', '# x', 'a: b', ''),
      fc.array(fc.integer()),
    );
    const text = fc.constantFrom(
      'a: 1\nb:\n  c: |\n    x\n\n  d: 2 # y\nc:\n  - 1\n',
      'b: {c: 1}\r\n# x\r\na:\r\n  b:\r\n    c: [1,\r\n      2]\r\n',
      'a:\nb: # x\n\nc: "q"',
    );
    fc.assert(
      fc.property(text, fc.array(key, { minLength: 1, maxLength: 3 }), leaf, (before, path, value) => {
        const edit = setRecipeValue(before, path, value);
        if (edit === null) return;
        const now: unknown = parse(applyEdits(before, [edit]));
        const wanted = parse(before) as Record<string, unknown>;
        let group = wanted;
        for (const part of path.slice(0, -1)) group = (group[part] ??= {}) as Record<string, unknown>;
        group[path.at(-1)!] = value;
        expect(now).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['lora:\n  r: 8 # c\n  b: 1\n', 'lora.r', 'lora:\n  b: 1\n'],
  ['lora:\n  r:\n    - 1\n    - 2\n  b: 1\n', 'lora.r', 'lora:\n  b: 1\n'],
  ['lora: {r: 8, b: 1}\n', 'lora.r', 'lora: {b: 1}\n'],
  ['lora:\n  r: 8\n', 'lora.r', 'lora:\n  {}\n'],
])('removal takes whole lines: %j', (text, path, expected) => {
  const edit = removal(new RecipeSource(text), path.split('.'));
  expect(applyEdits(text, [edit!])).toBe(expected);
});
