import { expect, test } from 'vitest';
import { firstRows } from '../../../../src/engine/data/firstRows';
import { gzipped, newFile } from './folder';

test('reads as many rows as are asked for, and no more', async () => {
  const rows = '{"a":1}\n{"a":2}\n[]\n{"a":3}\n';
  expect(await firstRows(await newFile('a.jsonl', rows), 2)).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await firstRows(await newFile('a.jsonl.gz', gzipped(rows)), 3)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  expect(await firstRows('test/fixtures/datasets/chat-zstd.parquet', 1)).toHaveLength(1);
});

test('what was read before a file breaks off is kept', async () => {
  expect(await firstRows(await newFile('a.csv', 'a\n1\n"2'), 5)).toEqual([{ a: '1' }]);
  await expect(firstRows(await newFile('a.csv', 'a\n"2'), 5)).rejects.toThrow('never closed');
});

test('does not read on where no row can be read', async () => {
  const rows = await firstRows(await newFile('a.jsonl', `${'not json\n'.repeat(200_000)}{"a":1}\n`), 5);
  expect(rows).toEqual([]);
});
