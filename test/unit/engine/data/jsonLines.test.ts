import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../../../src/engine/data/jsonLines';
import { readRows } from '../../../../src/engine/data/readRows';
import { gzipped, newFile, readAll } from './folder';

test('reads one object a line; blank lines count as lines and are no rows', async () => {
  const file = await newFile('a.jsonl', '\uFEFF{"q":"é\\n","n":12345678901234567890}\r\n\n  \n{"q":"日本"}');
  expect(await readAll(file)).toEqual({
    rows: [{ q: 'é\n', n: 12345678901234567000 }, { q: '日本' }],
    places: [1, 4],
    problems: [],
    error: null,
  });
});

test('keeps the text of a row, so that numbers survive', async () => {
  const file = await newFile('a.jsonl', '{"n":12345678901234567890, "f":1.0}\r\n');
  for await (const [item] of readRows(file))
    expect(item).toMatchObject({ row: { text: '{"n":12345678901234567890, "f":1.0}' } });
});

test('reads the same through gzip, whatever the name says', async () => {
  const content = '{"q":"a"}\n{"q":"é"}\n';
  for (const name of ['a.jsonl.gz', 'a.jsonl'])
    expect((await readAll(await newFile(name, gzipped(content)))).rows).toEqual([{ q: 'a' }, { q: 'é' }]);
  expect((await readAll(await newFile('b.jsonl.gz', content))).rows).toHaveLength(2);
});

test('tells each row that is none and reads on', async () => {
  const file = await newFile(
    'a.jsonl',
    Buffer.concat([
      Buffer.from('{"q": }\n[1]\n{"q":"ok"}\n{"q":"'),
      Buffer.from([0xff]),
      Buffer.from('"}\n{"q":"\0"}\n{"q":"\\ud83d x"}\n{"q":"\\ud83d\\ude00"}\n{"q":"cut'),
    ]),
  );
  const { rows, problems } = await readAll(file);
  expect(rows).toEqual([{ q: 'ok' }, { q: '😀' }]);
  expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
    '1:7 #0',
    '2 #1',
    '4 #3',
    '5 #4',
    '6 #5',
    '8:6 #7',
  ]);
  expect(problems[1]).toContain('this is array');
  expect(problems[2]).toContain('Byte 7 (0xff) is not UTF-8');
  expect(problems[3]).toContain('Byte 7 is NUL');
  expect(problems[4]).toContain('\\ud83d, stands alone');
});

test('skips a line over the limit without keeping it', async () => {
  const file = await newFile('a.jsonl', `{"q":"a"}\n{"q":"${'x'.repeat(3_000_000)}"}\n{"q":"b"}\n`);
  const { rows, places, problems } = await readAll(file, { maxRowBytes: 1_000_000 });
  expect(rows).toEqual([{ q: 'a' }, { q: 'b' }]);
  expect(places).toEqual([1, 3]);
  expect(problems).toEqual(['2 #1 This row has 3000008 bytes; rows of more than 1 MB are not read.']);
});

test('a lone long line at the end is told too', async () => {
  const { rows, problems } = await readAll(await newFile('a.jsonl', 'x'.repeat(2_500_000)), { maxRowBytes: 2_000_000 });
  expect(rows).toEqual([]);
  expect(problems).toEqual(['1 #0 This row has 2500000 bytes; rows of more than 2 MB are not read.']);
});

test('a line of 200 MB costs no memory', async () => {
  const piece = Buffer.alloc(1 << 20, 'x');
  async function* chunks() {
    yield Buffer.from('{"q":1}\n');
    for (let count = 0; count < 200; count++) yield piece;
    yield Buffer.from('\n{"q":2}\n');
  }
  const before = process.memoryUsage().rss;
  let most = 0;
  const items = [];
  for await (const batch of jsonLines(chunks())) {
    items.push(...batch);
    most = Math.max(most, process.memoryUsage().rss - before);
  }
  expect(items.map(({ kind }) => kind)).toEqual(['row', 'problem', 'row']);
  expect(most).toBeLessThan(150 << 20);
});

test('does not depend on where chunks are cut', async () => {
  const values = fc.array(fc.record({ q: fc.string({ unit: 'grapheme' }) }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(values, fc.array(fc.integer({ min: 1, max: 12 })), async (rows, cuts) => {
      const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\r\n`).join(''));
      async function* chunks() {
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          yield bytes.subarray(at, at + cut);
          at += cut;
        }
      }
      const items = [];
      for await (const batch of jsonLines(chunks())) items.push(...batch);
      expect(items.map((item) => (item.kind === 'row' ? item.row.value : item))).toEqual(rows);
    }),
  );
});
