import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipped, newFile, readAll } from './folder';

const read = async (content: string | Buffer, name = 'a.csv', options = {}) =>
  readAll(await newFile(name, content), options);

test('keeps every cell as it is written', async () => {
  const { rows, places, problems } = await read(
    '\uFEFFq,a,n\r\n"one,\r\ntwo",NA,007\r\n\r\n"say ""hi""",null,1e5\r\n5" pipe,é,\r\n',
  );
  expect(rows).toEqual([
    { q: 'one,\r\ntwo', a: 'NA', n: '007' },
    { q: 'say "hi"', a: 'null', n: '1e5' },
    { q: '5" pipe', a: 'é', n: '' },
  ]);
  expect(places).toEqual([2, 5, 6]);
  expect(problems).toEqual([]);
});

test('reads TSV, gzip and line ends of all systems, also mixed', async () => {
  expect((await read('a\tb\n1,5\t2', 'a.tsv')).rows).toEqual([{ a: '1,5', b: '2' }]);
  expect((await read(gzipped('a,b\n1,2\n'), 'a.csv.gz')).rows).toEqual([{ a: '1', b: '2' }]);
  expect((await read(gzipped('a\tb\n1\t2\n'), 'a.tsv.gz')).rows).toEqual([{ a: '1', b: '2' }]);
  const lines = 'a,b\n1,2\r\n3,4\r5,6';
  expect(await read(lines)).toMatchObject({
    rows: [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
      { a: '5', b: '6' },
    ],
    places: [2, 3, 4],
  });
});

test('a row with too many or too few cells is told with its line', async () => {
  const { rows, problems } = await read('q,a\n"1\n",2\n\n1,2,3\n4\n5,6\n');
  expect(rows).toEqual([
    { q: '1\n', a: '2' },
    { q: '5', a: '6' },
  ]);
  expect(problems).toEqual([
    '5 #1 This row has 3 cells, but the header has 2.',
    '6 #2 This row has 1 cells, but the header has 2.',
  ]);
});

test('a quote left open is an error with the line in which it opens', async () => {
  const { rows, error } = await read('q,a\n1,2\n\n"3\n3","4\n5,6\n7,8\n');
  expect(rows).toEqual([{ q: '1', a: '2' }]);
  expect(error).toBe('5 The quote that opens in line 5 is never closed.');
});

test('a quote that was left open until the next one is told, with all that it took', async () => {
  const { rows, problems } = await read('q,a\n1,"two\n3,four\n5,"six"\n7,8\n');
  expect(problems).toEqual([
    '2 #0 The quote that opens in line 2 closes in line 4, but the cell goes on. A quote inside of quotes is written twice.',
  ]);
  expect(rows).toEqual([{ q: '7', a: '8' }]);
});

test('a quote that is never closed does not fill the memory', async () => {
  const { error } = await read(`q,a\n1,"${'x\n'.repeat(2_000_000)}`, 'a.csv', { maxRowBytes: 1_000_000 });
  expect(error).toBe('2 The row that starts in line 2 has more than 1 MB. A quote that is never closed does that.');
});

test('rows that are no text are told, and only those', async () => {
  const bytes = Buffer.concat([Buffer.from('q,a\n1,é\n2,'), Buffer.from([0xe9]), Buffer.from('\n3,\0\n4,\uFFFD\n')]);
  const { rows, problems } = await read(bytes);
  expect(rows).toEqual([
    { q: '1', a: 'é' },
    { q: '4', a: '\uFFFD' },
  ]);
  expect(problems).toEqual([
    '3 #1 Byte 3 (0xe9) is not UTF-8. Save the file as UTF-8.',
    '4 #2 Byte 3 is NUL: this is no text, or the file is damaged.',
  ]);
});

test('names of columns that stand twice are an error; commas at the end of a header are none', async () => {
  expect((await read('q,q\n1,2\n')).error).toBe('1 Two columns are called q. Give each a name of its own.');
  expect((await read('q,,\n1,,\n')).rows).toEqual([{ q: '1', '': '', 'column 3': '' }]);
  expect(await read('')).toMatchObject({ rows: [], error: null });
  expect(await read('q,a\n')).toMatchObject({ rows: [], error: null });
});

test('what is written with quotes is read back', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '日', ' ', '\t') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), async (cells) => {
      const { rows, problems } = await read(['q,a', ...cells.map((row) => row.map(quoted).join(','))].join('\r\n'));
      expect(problems).toEqual([]);
      expect(rows).toEqual(cells.map(([q, a]) => ({ q, a })));
    }),
    { numRuns: 50 },
  );
});

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
