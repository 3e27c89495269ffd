import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLayout } from '../../../../src/engine/data/jsonLayout';
import { JsonSplitter } from '../../../../src/engine/data/jsonSplitter';
import { gzipped, newFile, readAll } from './folder';

const read = async (content: string, options = {}) => readAll(await newFile('a.json', content), options);

test.each([
  ['[{"q":1},{"q":2}]', 'list'],
  ['{"version":"1","data":[{"q":1},{"q":2}]}', 'list under a key'],
  ['{"meta":{"data":[{"q":9}]},\n "data" : [\n  {"q":1},\n  {"q":2}\n ], "more": {"a":[1,{}]}}', 'list under a key'],
  ['{"q":1}\n{"q":2}\n', 'lines'],
  ['{"q":1}\n\n{\n"q":\n2}', 'objects'],
  ['{\n "q": 1\n}\n{\n "q": 2\n}', 'objects'],
])('finds the rows of %j', async (content) => {
  expect(await read(content)).toMatchObject({ rows: [{ q: 1 }, { q: 2 }], problems: [], error: null });
});

test('an object with messages is a row, not a list of rows', async () => {
  const openai = '{"messages":[{"role":"user","content":"u"}]}';
  const shareGpt = '{"id":1,"conversations":[\n{"from":"human","value":"u"}]}';
  const tools = '{"tools":[{"type":"function","function":{}}],"messages":[{"role":"user","content":"u"}]}';
  for (const row of [openai, shareGpt, tools]) expect((await read(row)).rows).toEqual([JSON.parse(row)]);
  expect((await read(`${shareGpt}\n${shareGpt}`)).rows).toHaveLength(2);
  expect(jsonLayout('{"data":[{"a":1},{"a"')).toEqual({ kind: 'member', key: 'data' });
});

test('tells the line and column of what is broken, and reads on', async () => {
  const { rows, places, problems } = await read(
    '[\n  {"q": 1},\n  {"q": },\n  3,\n  {\n    "a": 1\n    "b": 2\n  },\n  {"q": "cut\n  },\n  {"q": 2},\n]',
  );
  expect(rows).toEqual([{ q: 1 }, { q: 2 }]);
  expect(places).toEqual([2, 11]);
  expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
    '3:9 #1',
    '4 #2',
    '7:5 #3',
    '9:13 #4',
  ]);
});

test('a file that was cut is an error with the line of the row', async () => {
  const { rows, error } = await read('[\n{"q":1},\n{"q":2,\n"a":[');
  expect(rows).toEqual([{ q: 1 }]);
  expect(error).toBe(
    '3 The file ends in the middle of the row that starts in line 3: it was cut, or a bracket is missing.',
  );
  expect(await read('[{"q":1},{"q":2}')).toMatchObject({ rows: [{ q: 1 }, { q: 2 }] });
  expect((await read('[{"q":1},{"q":2}')).error).toBe(
    'null The file ends before its list of rows is closed: it was cut.',
  );
  expect((await read('  ')).error).toContain('holds no list of rows');
  expect((await read('"text"')).error).toContain('holds no list of rows');
  expect(await read('')).toMatchObject({ rows: [], error: null });
  expect(await read('[]')).toMatchObject({ rows: [], error: null });
});

test('a second list is told, not dropped in silence', async () => {
  const { rows, problems } = await read('{"train":[{"q":1}],\n"test":[{"q":2},{"q":3}]}');
  expect(rows).toEqual([{ q: 1 }]);
  expect(problems).toEqual(['2 #1 A second list of rows, test, was not read. Put it into a file of its own.']);
  expect((await read('[{"q":1}]\n[{"q":2}]')).problems).toEqual([
    '2 #1 What stands behind the list of rows was not read.',
  ]);
});

test('a row over the limit is skipped', async () => {
  const { rows, problems } = await read(`[{"q":1},{"q":"${'x'.repeat(2_000_000)}"},{"q":2}]`, {
    maxRowBytes: 1_000_000,
  });
  expect(rows).toEqual([{ q: 1 }, { q: 2 }]);
  expect(problems).toEqual(['1 #1 This row has 2000008 bytes; rows of more than 1 MB are not read.']);
});

test('reads gzip, and refuses UTF-16 and what is no text', async () => {
  expect((await readAll(await newFile('a.json.gz', gzipped('[{"q":"é"}]')))).rows).toEqual([{ q: 'é' }]);
  const bytes = Buffer.concat([Buffer.from('[{"q":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"},{"q":"ok"}]')]);
  const { rows, problems } = await readAll(await newFile('a.json', bytes));
  expect(rows).toEqual([{ q: 'ok' }]);
  expect(problems).toEqual(['1 #0 Byte 7 (0xc3) is not UTF-8. Save the file as UTF-8.']);
});

test('cuts the same rows wherever the chunks end, and however the file is written', () => {
  const rows = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), { maxLength: 6 });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(0, 1, '\t'),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (values, space, size, isMember) => {
        const text = isMember
          ? JSON.stringify({ a: { data: [{}] }, data: values, z: 1 }, null, space)
          : JSON.stringify(values, null, space);
        const splitter = new JsonSplitter(isMember ? { kind: 'member', key: 'data' } : { kind: 'list' }, 1e6);
        const bytes = Buffer.from(text);
        const found = [];
        for (let at = 0; at < bytes.length; at += size) found.push(...splitter.push(bytes.subarray(at, at + size)));
        expect(splitter.isComplete).toBe(true);
        expect(found.map((element) => JSON.parse(String(element.bytes)))).toEqual(JSON.parse(JSON.stringify(values)));
      },
    ),
  );
});
