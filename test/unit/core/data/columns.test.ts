import { expect, test } from 'vitest';
import { columnsOf } from '../../../../src/core/data/columns';

test('columns in the order of their first row, with every type and an example', () => {
  expect(
    columnsOf([
      { b: null, a: '' },
      { b: 1, a: 'x', list: [{ c: 1 }] },
      { b: 'y', yes: true, object: { d: 2 } },
    ]),
  ).toEqual([
    { name: 'b', types: ['null', 'number', 'string'], example: '1' },
    { name: 'a', types: ['string'], example: 'x' },
    { name: 'list', types: ['array'], example: '[{"c":1}]' },
    { name: 'yes', types: ['boolean'], example: 'true' },
    { name: 'object', types: ['object'], example: '{"d":2}' },
  ]);
  expect(columnsOf([])).toEqual([]);
});

test('what parquet holds', () => {
  expect(
    columnsOf([{ n: 2n ** 60n, when: new Date(0), bytes: new Uint8Array(3), deep: { n: 1n }, gone: undefined }]),
  ).toEqual([
    { name: 'n', types: ['number'], example: '1152921504606846976' },
    { name: 'when', types: ['string'], example: '1970-01-01T00:00:00.000Z' },
    { name: 'bytes', types: ['string'], example: '3 bytes' },
    { name: 'deep', types: ['object'], example: '{"n":"1"}' },
    { name: 'gone', types: ['null'], example: '' },
  ]);
});

test('a long example is cut to 200 characters', () => {
  const [column] = columnsOf([{ a: 'x'.repeat(1000) }]);
  expect(column?.example).toBe(`${'x'.repeat(199)}…`);
});

test('deeper than the stack', () => {
  const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000));
  expect(columnsOf([{ deep }])[0]?.types).toEqual(['array']);
});
