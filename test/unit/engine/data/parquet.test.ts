import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { gzipped, newFile, readAll } from './folder';

const FIXTURES = path.resolve('test/fixtures/datasets');

/** As test/fixtures/datasets/make.py makes them. */
function conversation(number: number) {
  const turns = number % 7 === 6 ? 0 : 1 + (number % 4);
  const messages = Array.from({ length: turns }, (_, turn) => ({
    role: turn % 2 === 0 ? 'user' : 'assistant',
    content: `${number}.${turn} é 日本\n${'x'.repeat(number % 50)}`,
  }));
  return { id: number, messages: number % 11 === 10 ? null : messages };
}

test.each(['none', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli'])(
  'reads conversations compressed with %s, page by page',
  async (codec) => {
    const read: number[] = [];
    const { rows, problems, places } = await readAll(path.join(FIXTURES, `chat-${codec}.parquet`), {
      onBytes: (bytes) => read.push(bytes),
    });
    expect(problems).toEqual([]);
    expect(rows).toEqual(Array.from({ length: 500 }, (_, number) => conversation(number)));
    expect(new Set(places)).toEqual(new Set([null]));
    expect(read).toEqual(read.toSorted((a, b) => a - b));
    expect(read.length).toBeGreaterThan(10);
  },
);

test('loses nothing of what JSON has no type for', async () => {
  const { rows } = await readAll(path.join(FIXTURES, 'types.parquet'));
  expect(rows).toEqual([
    {
      int64: 9223372036854775807n,
      uint64: 18446744073709551615n,
      uint32: 4294967295,
      decimal: '12.30',
      big: '1234567890123456789012345678.001',
      micros: '2024-01-02T03:04:05.678901Z',
      nanos: '2024-01-02T03:04:05.000000001',
      millis: '2024-01-02T03:04:05',
      date: '2024-02-29',
      double: 0.1,
      bool: true,
      bytes: 'plain text',
      enum: 'red',
      strings: ['a', null, ''],
      nested: [[1, 2], [], null],
      struct: { a: 1, b: ['x'] },
      map: { k: 1, l: 1152921504606846976n },
    },
    {
      int64: -5,
      uint64: 7,
      uint32: 7,
      decimal: '-0.05',
      big: '-1.000',
      micros: '1969-12-31T23:59:59.000001Z',
      nanos: '1969-12-31T23:59:59.999999999',
      millis: '2024-01-02T03:04:05.007',
      date: '1950-01-01',
      double: 1e300,
      bool: false,
      bytes: new Uint8Array([0xff, 0x00]),
      enum: 'é',
      strings: [],
      nested: [[1152921504606846976n]],
      struct: { a: null, b: null },
      map: {},
    },
    Object.fromEntries(Object.keys(rows[0] as object).map((name) => [name, null])),
  ]);
});

test('reads a Parquet file in gzip, and leaves nothing of it behind', async () => {
  const bytes = gzipped(await readFile(path.join(FIXTURES, 'chat-snappy.parquet')));
  const before = await temporary();
  expect((await readAll(await newFile('chat.parquet.gz', bytes))).rows).toHaveLength(500);
  expect((await readAll(await newFile('chat.parquet.gz', bytes.subarray(0, 5000)))).error).toContain(
    'the file was cut',
  );
  expect(await temporary()).toEqual(before);
});

test('a Parquet file under another name is read as one', async () => {
  const bytes = await readFile(path.join(FIXTURES, 'chat-snappy.parquet'));
  expect((await readAll(await newFile('chat.jsonl', bytes))).rows).toHaveLength(500);
});

test('a file that was cut, is damaged or is none is an error in words', async () => {
  const bytes = await readFile(path.join(FIXTURES, 'chat-snappy.parquet'));
  const cut = await readAll(await newFile('a.parquet', bytes.subarray(0, bytes.length >> 1)));
  expect(cut.error).toBe(
    'null a.parquet is no whole Parquet file: its end is missing. It was cut; download or copy it again.',
  );
  expect((await readAll(await newFile('a.parquet', 'no parquet'))).error).toContain('a.parquet is no');
  expect((await readAll(await newFile('a.parquet', 'PAR1'))).error).toContain('a.parquet');
  expect((await readAll(await newFile('a.parquet', ''))).error).toContain('a.parquet');
  const damaged = Buffer.from(bytes);
  damaged.fill(0x5a, 9000, 12000);
  const { rows, error } = await readAll(await newFile('a.parquet', damaged));
  expect(error).toContain('a.parquet is a Parquet file that can’t be read from row');
  expect(rows.length).toBeLessThan(500);
});

async function temporary(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => /^tunebook-\w{6}$/.test(name));
}
