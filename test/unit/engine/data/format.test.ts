import { createHash } from 'node:crypto';
import { link, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { formatDataset } from '../../../../src/engine/data/format';
import { problemsFileOf } from '../../../../src/engine/data/targets';
import type { FormatProgress, Mapping } from '../../../../src/protocol/dataset';
import { gzipped, newFile } from './folder';

const PAIR: Mapping = { kind: 'columns', system: null, history: null, user: '{q}', assistant: '{a}', tools: null };
const MESSAGES: Mapping = {
  kind: 'conversation',
  column: 'messages',
  roleKey: 'role',
  contentKey: 'content',
  roles: {},
  tools: null,
  system: null,
};
const quiet = () => ({ signal: new AbortController().signal, progress: () => undefined });

function format(source: string, options: { mapping?: Mapping; target?: string; overwrite?: boolean } = {}) {
  const target = options.target ?? path.join(path.dirname(source), 'out.chat.jsonl');
  return formatDataset(
    { path: source, mapping: options.mapping ?? PAIR, target, overwrite: options.overwrite ?? false },
    quiet(),
  );
}

async function filesBeside(file: string): Promise<string[]> {
  return (await readdir(path.dirname(file))).toSorted();
}

async function linesOf(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

test('writes a line for each row and leaves the source alone', async () => {
  const source = await newFile('rows.csv', '\uFEFFq,a\r\n"One,\r\ntwo",é\r\n日本,"""quoted"""\r\n');
  const before = createHash('sha256')
    .update(await readFile(source))
    .digest('hex');
  const report = await format(source);
  expect(report).toMatchObject({ rows: 2, written: 2, skipped: 0, problems: [], problemsFile: null });
  const text = await readFile(report.target, 'utf8');
  expect(text).toBe(
    '{"messages":[{"role":"user","content":"One,\\r\\ntwo"},{"role":"assistant","content":"é"}]}\n' +
      '{"messages":[{"role":"user","content":"日本"},{"role":"assistant","content":"\\"quoted\\""}]}\n',
  );
  expect(report.bytes).toBe(Buffer.byteLength(text));
  expect(
    createHash('sha256')
      .update(await readFile(source))
      .digest('hex'),
  ).toBe(before);
  expect(await filesBeside(source)).toEqual(['out.chat.jsonl', 'rows.csv']);
});

test('numbers, key order and arguments of tools survive, also in pretty-printed JSON', async () => {
  const call = '{"id":"c1","type":"function","function":{"name":"f","arguments":{"z":12345678901234567890,"a":1.0}}}';
  const messages = `[{"role":"user","content":"u"},{"role":"assistant","content":null,"tool_calls":[${call}]}]`;
  const lines = await format(await newFile('rows.jsonl', `{"messages":${messages}}\n`), { mapping: MESSAGES });
  expect(await readFile(lines.target, 'utf8')).toBe(`{"messages":${messages}}\n`);
  const pretty = `[\n  {\n    "messages": ${messages.replaceAll(',"', ',\n"')}\n  }\n]`;
  const list = await format(await newFile('rows.json', pretty), { mapping: MESSAGES });
  expect(await readFile(list.target, 'utf8')).toBe(`{"messages":${messages}}\n`);
});

test('rows of Parquet files become the same lines', async () => {
  const source = path.resolve('test/fixtures/datasets/chat-zstd.parquet');
  const target = await newFile('out.jsonl', '');
  const report = await format(source, { mapping: MESSAGES, target, overwrite: true });
  expect(report.rows).toBe(500);
  expect(report.written + report.skipped).toBe(500);
  expect((await linesOf(target))[0]).toEqual({
    messages: [
      { role: 'user', content: '1.0 é 日本\nx' },
      { role: 'assistant', content: '1.1 é 日本\nx' },
    ],
  });
});

test('what can’t be converted is listed with its line, its reason and itself', async () => {
  const source = await newFile('rows.jsonl', '{"q":"1","a":"2"}\n{"q": }\n\n{"q":"3","a":""}\n{"q":"4","a":"5"}\n');
  const report = await format(source);
  expect(report).toMatchObject({ rows: 4, written: 2, skipped: 2, problemsFile: problemsFileOf(report.target) });
  expect(report.problems.map(({ line, row }) => [line, row])).toEqual([
    [2, 1],
    [4, 2],
  ]);
  expect(await linesOf(report.problemsFile ?? '')).toEqual([
    { line: 2, column: 7, row: 1, reason: 'A value is expected here.', source: '{"q": }' },
    { line: 4, row: 2, reason: expect.stringMatching(/assistant/), source: '{"q":"3","a":""}' },
  ]);
  expect(await filesBeside(source)).toEqual(['out.chat.jsonl', 'out.chat.skipped.jsonl', 'rows.jsonl']);
});

test('only the first problems are reported, all of them are listed', async () => {
  const report = await format(await newFile('rows.jsonl', '{"q":"1","a":"2"}\n'.concat('[]\n'.repeat(250))));
  expect(report).toMatchObject({ written: 1, skipped: 250 });
  expect(report.problems).toHaveLength(100);
  expect(await linesOf(report.problemsFile ?? '')).toHaveLength(250);
});

test('where no row could be converted there is no target', async () => {
  const source = await newFile('rows.jsonl', '{"x":"1"}\n');
  expect(await format(source)).toMatchObject({ rows: 1, written: 0, skipped: 1, bytes: 0 });
  expect(await filesBeside(source)).toEqual(['out.chat.skipped.jsonl', 'rows.jsonl']);
});

test('what is there is overwritten only when asked, and a list of former problems goes with it', async () => {
  const source = await newFile('rows.jsonl', '{"q":"1","a":"2"}\n');
  const target = path.join(path.dirname(source), 'out.chat.jsonl');
  await writeFile(target, 'mine');
  await writeFile(problemsFileOf(target), 'old');
  await expect(format(source)).rejects.toThrow('is there already; nothing was written.');
  expect(await readFile(target, 'utf8')).toBe('mine');
  await format(source, { overwrite: true });
  expect(await linesOf(target)).toHaveLength(1);
  expect(await filesBeside(source)).toEqual(['out.chat.jsonl', 'rows.jsonl']);
});

test('the source is never the target, under whatever name', async () => {
  const source = await newFile('rows.jsonl', '{"q":"1","a":"2"}\n');
  const folder = path.dirname(source);
  await symlink(source, path.join(folder, 'soft.jsonl'));
  await link(source, path.join(folder, 'hard.jsonl'));
  for (const name of ['rows.jsonl', 'soft.jsonl', 'hard.jsonl', `../${path.basename(folder)}/rows.jsonl`])
    await expect(format(source, { target: path.join(folder, name), overwrite: true })).rejects.toThrow(
      'It is never changed',
    );
  const skipped = await newFile('x.skipped.jsonl', '[]\n');
  await expect(format(skipped, { target: path.join(path.dirname(skipped), 'x.jsonl') })).rejects.toThrow(
    'would be listed in',
  );
  expect(await readFile(source, 'utf8')).toBe('{"q":"1","a":"2"}\n');
});

test('a link to another file stays a link', async () => {
  const source = await newFile('rows.jsonl', '{"q":"1","a":"2"}\n');
  const real = await newFile('real.jsonl', 'old');
  const target = path.join(path.dirname(source), 'link.jsonl');
  await symlink(real, target);
  await format(source, { target, overwrite: true });
  expect(await linesOf(real)).toHaveLength(1);
});

const MANY = Array.from({ length: 60_000 }, (_, row) => `{"q":"question ${row}","a":"answer"}\n`).join('');

test('a file that can’t be read to its end leaves nothing', async () => {
  const gz = gzipped(MANY);
  const cut = await newFile('rows.jsonl.gz', gz.subarray(0, gz.length - 20));
  await expect(format(cut)).rejects.toThrow('the file was cut');
  const open = await newFile('rows.csv', `q,a\n${'1,2\n'.repeat(50_000)}3,"4\n`);
  await expect(format(open)).rejects.toThrow('The quote that opens in line 50002 is never closed.');
  for (const source of [cut, open]) expect(await filesBeside(source)).toEqual([path.basename(source)]);
});

test('cancelling leaves nothing, and progress comes ten times a second at most', async () => {
  const source = await newFile('rows.jsonl', MANY);
  const stop = new AbortController();
  const seen: FormatProgress[] = [];
  const target = path.join(path.dirname(source), 'out.jsonl');
  const asked = {
    signal: stop.signal,
    progress: (value: FormatProgress) => {
      seen.push(value);
      stop.abort(new Error('enough'));
    },
  };
  await expect(formatDataset({ path: source, mapping: PAIR, target, overwrite: false }, asked)).rejects.toThrow(
    'enough',
  );
  expect(await filesBeside(source)).toEqual(['rows.jsonl']);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ totalBytes: MANY.length, skipped: 0 });
  expect(seen[0]?.bytes).toBeLessThan(MANY.length);
});

test('what the disk refuses is told in words', async () => {
  const source = await newFile('rows.jsonl', '{"q":"1","a":"2"}\n');
  await expect(format(source, { target: path.join(path.dirname(source), 'none', 'out.jsonl') })).rejects.toThrow(
    'There is no folder',
  );
  await expect(format(source, { target: path.dirname(source), overwrite: true })).rejects.toThrow('is a folder');
  await expect(format(source, { target: path.join(path.dirname(source), `${'n'.repeat(240)}.jsonl`) })).rejects.toThrow(
    'is too long',
  );
  await expect(format(source, { target: path.join(source, 'out.jsonl') })).rejects.toThrow('not a folder');
});
