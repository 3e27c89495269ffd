import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import { catching } from './catching';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-cli-format-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], options?: Parameters<typeof catching>[1]) {
  const { context, out, err } = catching(folder, options);
  const code = await runProgram(['format', ...args], context);
  return { code, out: out(), err: err() };
}

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
const files = (): string[] => readdirSync(folder).toSorted();
function lines(name: string): unknown[] {
  const text = readFileSync(path.join(folder, name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
const chat = (user: string, assistant: string, system?: string) => ({
  messages: [
    ...(system === undefined ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: user },
    { role: 'assistant', content: assistant },
  ],
});

test('writes beside the source, and says what it took the rows for', async () => {
  write('rows.csv', 'question,answer\n1+1?,2\n2+2?,4\n');
  const { code, out, err } = await run(['rows.csv']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Question and answer: Recognised by its names and values');
  expect(out).toContain('user: {question}');
  expect(out).toContain('Wrote 2 conversations to rows.chat.jsonl');
  expect(lines('rows.chat.jsonl')).toEqual([chat('1+1?', '2'), chat('2+2?', '4')]);
});

test('says it in Chinese where the terminal is', async () => {
  write('rows.csv', 'question,answer\n1+1?,2\n');
  const { out } = await run(['rows.csv'], { env: { LANG: 'zh_CN.UTF-8' } });
  expect(out).toMatch(/[一-鿿]/);
  expect(out).not.toContain('Wrote');
});

test('columns, system prompt and roles as the person says', async () => {
  write('rows.csv', 'a,b,c\nask,,say\n');
  expect((await run(['rows.csv', '--user', '{a}[[ ({b})]]', '--assistant', '{c}', '--system', 'Be brief.'])).code).toBe(
    0,
  );
  expect(lines('rows.chat.jsonl')).toEqual([chat('ask', 'say', 'Be brief.')]);
  write('talk.jsonl', '{"id":1,"dialog":[{"from":"customer","value":"u"},{"from":"clerk","value":"a"}]}\n');
  const roles = ['--messages', 'dialog', '--role', 'customer=user', '--role', 'clerk=assistant'];
  expect((await run(['talk.jsonl', ...roles, '-o', 'talk.out.jsonl'])).code).toBe(0);
  expect(lines('talk.out.jsonl')).toEqual([chat('u', 'a')]);
});

test('one of several forms', async () => {
  write('rows.jsonl', '{"instruction":"say","output":"said","text":"whole"}\n');
  expect((await run(['rows.jsonl', '--form', 'text'])).code).toBe(0);
  expect(lines('rows.chat.jsonl')).toEqual([{ messages: [{ role: 'assistant', content: 'whole' }] }]);
});

test('skipped rows are listed with file and line, and the exit code tells', async () => {
  const bad = Array.from({ length: 15 }, () => '{"question": }\n').join('');
  write('rows.jsonl', `{"question":"q","answer":"a"}\n${bad}`);
  const { code, out, err } = await run(['rows.jsonl']);
  expect(code).toBe(4);
  expect(out).toContain('Wrote 1 conversations');
  expect(err).toContain('rows.jsonl:2:14: warning: A value is expected here.');
  expect(err.match(/warning/g)).toHaveLength(10);
  expect(err).toContain('… and 5 more');
  expect(err).toContain('rows.chat.skipped.jsonl');
  expect(lines('rows.chat.skipped.jsonl')).toHaveLength(15);
});

test('nothing that could be converted is a failure', async () => {
  write('rows.jsonl', '{"question":"q","answer":""}\n');
  const { code, out } = await run(['rows.jsonl', '--user', '{question}', '--assistant', '{answer}']);
  expect(code).toBe(1);
  expect(out).toContain('nothing was written');
  expect(files()).not.toContain('rows.chat.jsonl');
});

test('previews without writing', async () => {
  write('rows.csv', 'question,answer\n"1\n+1?",2\n2+2?,\n');
  const { code, out } = await run(['rows.csv', '--preview', '2']);
  expect(code).toBe(0);
  expect(out).toContain('Row 1, line 2');
  expect(out).toContain('  user       1\n             +1?\n  assistant  2\n');
  expect(files()).toEqual(['rows.csv']);
  const json = await run(['rows.csv', '--preview', '1', '--json']);
  expect(JSON.parse(json.out)).toMatchObject({ form: 'questionAnswer', rows: [{ row: 0, ...chat('1\n+1?', '2') }] });
});

test('--json is one object on the output', async () => {
  write('rows.jsonl', '{"question":"q","answer":"a"}\n3\n');
  const { code, out, err } = await run(['rows.jsonl', '--json']);
  expect({ code, err }).toEqual({ code: 4, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    form: 'questionAnswer',
    mapping: { kind: 'columns' },
    rows: 2,
    written: 1,
    skipped: 1,
    problems: [{ line: 2, row: 1, reason: expect.stringContaining('A row is an object') }],
  });
});

test('a progress bar where a person looks', async () => {
  write('rows.jsonl', '{"question":"q","answer":"a"}\n'.repeat(1000));
  const { out } = await run(['rows.jsonl'], { tty: true });
  expect(out).toMatch(/█+ 30\.0 KB \/ 30\.0 KB {2}1,000 rows/);
});

test('replaces nothing unless told to', async () => {
  write('rows.csv', 'question,answer\n1+1?,2\n');
  write('rows.chat.jsonl', 'mine');
  const refused = await run(['rows.csv']);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('--force');
  expect((await run(['rows.csv', '--force'])).code).toBe(0);
  expect(lines('rows.chat.jsonl')).toHaveLength(1);
});

test.each([
  [[], 'Name a file of rows'],
  [['rows.csv', '--preview', 'x'], '--preview wants a number'],
  [['rows.csv', '--output', 'x.csv'], 'ends with .jsonl'],
  [['rows.csv', '--form', 'nothing'], 'Forms: messages'],
  [['rows.csv', '--form', 'alpaca'], 'They could be: questionAnswer'],
  [['rows.csv', '--user', '{questio}', '--assistant', '{answer}'], 'Did you mean question?'],
  [['rows.csv', '--messages', 'none'], 'There is no column none'],
  [['rows.csv', '--messages', 'answer'], 'holds no lists of messages'],
  [['rows.csv', '--role', 'a=user'], '--role is for rows that hold messages'],
  [['other.csv'], 'How these rows become conversations is not clear.'],
])('%j is wrong usage', async (args, words) => {
  write('rows.csv', 'question,answer\n1+1?,2\n');
  write('other.csv', 'a,b,c,d\n1,2,3,4\n');
  const { code, err } = await run(args);
  expect(err).toContain(words);
  expect(code).toBe(2);
  expect(files()).toEqual(['other.csv', 'rows.csv']);
});

test.each([
  ['none.csv', 'There is no file'],
  ['open.csv', 'The quote that opens in line 3 is never closed.'],
  ['empty.jsonl', 'There are no rows'],
  ['cut.parquet', 'no whole Parquet file'],
])('%s fails in words', async (name, words) => {
  write('open.csv', 'question,answer\n1+1?,2\n2+2?,"4\n');
  write('empty.jsonl', '\n\n');
  write('cut.parquet', 'PAR1 and no more');
  const before = files();
  const { code, err } = await run([name]);
  expect(code).toBe(1);
  expect(err).toContain(words);
  expect(err).not.toContain(' at ');
  expect(files()).toEqual(before);
});
