import { open, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { previewDataset } from '../../../../src/engine/data/preview';
import type { Mapping } from '../../../../src/protocol/dataset';
import { gzipped, newFile } from './folder';

const preview = (file: string, mapping: Mapping | null = null, rows = 5) =>
  previewDataset({ path: file, mapping, rows }, { signal: new AbortController().signal });

test('shows the first rows as the first detection converts them', async () => {
  const source = await newFile(
    'rows.jsonl.gz',
    gzipped('{"question":"1+1?","answer":"2"}\n[]\n{"question":"","answer":""}\n'),
  );
  const found = await preview(source);
  expect(found).toMatchObject({ path: source, format: 'jsonl', gzip: true, problem: null });
  expect(found.columns.map(({ name }) => name)).toEqual(['question', 'answer']);
  expect(found.detections[0]).toMatchObject({ form: 'questionAnswer', confidence: 'certain' });
  expect(found.mapping).toEqual(found.detections[0]?.mapping);
  const [first, second, third] = found.rows;
  expect(first).toEqual({
    row: 0,
    line: 1,
    source: '{"question":"1+1?","answer":"2"}',
    messages: [
      { role: 'user', content: '1+1?' },
      { role: 'assistant', content: '2' },
    ],
    tools: null,
    problem: null,
  });
  expect(second).toMatchObject({ row: 1, line: 2, source: '[]', messages: null });
  expect(formatMessage(second?.problem ?? { text: '', args: [] })).toContain('A row is an object with columns');
  expect(third).toMatchObject({ row: 2, line: 3, messages: null, problem: { text: expect.any(String) } });
});

test('converts by the mapping it is asked for', async () => {
  const source = await newFile('rows.csv', 'question,answer\n1+1?,2\n');
  const mapping: Mapping = {
    kind: 'columns',
    system: 'Be brief.',
    history: null,
    user: '{answer}',
    assistant: '{question}',
    tools: null,
  };
  const found = await preview(source, mapping);
  expect(found.mapping).toEqual(mapping);
  expect(found.rows[0]?.messages?.map(({ role, content }) => [role, content])).toEqual([
    ['system', 'Be brief.'],
    ['user', '2'],
    ['assistant', '1+1?'],
  ]);
});

test('a file that breaks off shows what could be read, and why it ended', async () => {
  const found = await preview(await newFile('rows.csv', 'question,answer\n1+1?,2\n3,"4\n'));
  expect(found.rows).toHaveLength(1);
  expect(found.problem).toMatchObject({
    line: 3,
    reason: { text: 'The quote that opens in line {0} is never closed.' },
  });
  const none = await preview(await newFile('rows.parquet', 'PAR1'));
  expect(none).toMatchObject({ columns: [], detections: [], mapping: null, rows: [] });
  expect(none.problem?.reason.text).toContain('Parquet');
});

test('a row is cut where it is longer than a person looks at', async () => {
  const found = await preview(await newFile('rows.jsonl', JSON.stringify({ q: 'x'.repeat(10_000), a: 'y' })));
  expect(found.rows[0]?.source).toHaveLength(4000);
});

test('reads the beginning alone', async () => {
  const source = await newFile('rows.jsonl', '{"q":"1","a":"2"}\n'.repeat(300));
  const handle = await open(source, 'r+');
  // a hole of 50 GB behind the rows: whoever reads it all doesn't come back
  await handle.truncate(50e9);
  await handle.close();
  const found = await preview(source);
  expect(found.bytes).toBe(50e9);
  expect(found.rows).toHaveLength(5);
});

test('Parquet has rows but no lines', async () => {
  const source = path.resolve('test/fixtures/datasets/chat-snappy.parquet');
  const found = await preview(source);
  expect(found).toMatchObject({ format: 'parquet', bytes: (await readFile(source)).length });
  expect(found.detections[0]).toMatchObject({ form: 'messages' });
  expect(found.rows[1]).toMatchObject({ row: 1, line: null, messages: [{ role: 'user' }, { role: 'assistant' }] });
});
