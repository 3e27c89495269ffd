import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fileWords } from '../../../../src/engine/data/fileWords';
import { ReadError } from '../../../../src/engine/data/readError';
import { readRows } from '../../../../src/engine/data/readRows';
import { newFile, newFolder, readAll } from './folder';

const ROWS = Array.from({ length: 60_000 }, (_, number) => `{"q":"${number}","a":"answer"}\n`).join('');

test.each(['a.jsonl', 'a.json', 'a.csv', 'a.tsv'])('%s in UTF-16 is refused with how to save it', async (name) => {
  for (const content of ['{"q":1}', 'q,a\n']) {
    const wide = Buffer.from(content, 'utf16le');
    for (const bytes of [wide, Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), Buffer.from(wide).swap16()]) {
      const { rows, error } = await readAll(await newFile(name, bytes));
      expect(rows).toEqual([]);
      expect(error).toContain(`${name} is UTF-16, not UTF-8. In VS Code:`);
    }
  }
});

test('a gzip file that was cut or damaged is an error in words', async () => {
  const bytes = gzipSync(ROWS);
  const cut = await readAll(await newFile('a.jsonl.gz', bytes.subarray(0, bytes.length - 100)));
  expect(cut.error).toBe(
    'null a.jsonl.gz ends in the middle of its compressed data: the file was cut. Download or copy it again.',
  );
  const damaged = Buffer.from(bytes);
  damaged.fill(0, bytes.length >> 1, (bytes.length >> 1) + 200);
  expect((await readAll(await newFile('a.jsonl.gz', damaged))).error).toContain('its data are damaged');
});

test('what is no dataset is told in words', async () => {
  const folder = await newFolder();
  expect(await errorOf(path.join(folder, 'a.jsonl'))).toContain('There is no file');
  expect(await errorOf(folder)).toContain('is a folder');
  expect(await errorOf(await newFile('a.txt', 'hello'))).toContain('can’t be told from its name');
  expect(await errorOf(await newFile('a.jsonl', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])))).toContain('zstd -d');
  expect(await errorOf(await newFile('a.jsonl.zip', Buffer.from('PK\u0003\u0004')))).toContain('unzip');
});

test.each([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'ENAMETOOLONG',
  'EMFILE',
  'EBUSY',
  'EIO',
  'ENOTDIR',
])('what the system means by %s is told in words', (code) => {
  const words = fileWords(Object.assign(new Error('no'), { code }), '/data/rows.jsonl');
  expect(words?.args.some((arg) => String(arg).includes('rows.jsonl') || arg === '/data')).toBe(true);
  expect(fileWords(new Error('another'), '/data/rows.jsonl')).toBeNull();
});

test.each(['a.jsonl', 'a.json', 'a.jsonl.gz'])(
  '%s: stops at the signal, tells the bytes read, and lets others run',
  async (name) => {
    const file = await newFile(name, name.endsWith('.gz') ? gzipSync(ROWS) : ROWS);
    const stop = new AbortController();
    let bytes = 0;
    let rows = 0;
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await expect(async () => {
      for await (const batch of readRows(file, { signal: stop.signal, onBytes: (read) => (bytes = read) })) {
        rows += batch.length;
        if (rows > 20_000) stop.abort(new Error('enough'));
      }
    }).rejects.toThrow('enough');
    clearInterval(timer);
    expect(rows).toBeLessThan(60_000);
    expect(bytes).toBeGreaterThan(0);
    expect(turns).toBeGreaterThan(0);
    await expect(readRows(file, { signal: stop.signal }).next()).rejects.toThrow('enough');
  },
);

test('an error of ours stays one', () => {
  expect(new ReadError({ text: 'a {0}', args: ['b'] }, { line: 3 })).toMatchObject({
    message: 'a b',
    problem: { line: 3 },
  });
});

async function errorOf(file: string): Promise<string | null> {
  return (await readAll(file)).error;
}
