import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import { catching } from './catching';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tb-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  const { context, out, err } = catching(folder);
  const code = await runProgram(['check', ...args], context);
  return { code, out: out(), err: err() };
}

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
const row = (words: string): string =>
  `{"messages": [{"role": "user", "content": "${words}"}, {"role": "assistant", "content": "ok"}]}`;

describe('check of a dataset', () => {
  test('prints problems as file:line:column; errors forbid a run', async () => {
    write('rows.jsonl', `${row('a')}\n${row('b').replace('"user"', '"usr"')}\n${row('a')}\n`);
    const { code, out, err } = await run('rows.jsonl');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^rows\\.jsonl:2:${row('b').indexOf('"user"') + 1}: error: “usr”`)),
      expect.stringMatching(/^rows\.jsonl:3:1: warning: .*line 1/),
    ]);
  });

  test('warnings forbid none, and no problems are said', async () => {
    write('same.jsonl', `${row('a')}\n${row('a')}\n`);
    write('fine.jsonl', `${row('a')}\n`);
    expect((await run('same.jsonl')).code).toBe(0);
    expect(await run('fine.jsonl')).toEqual({ code: 0, out: 'No problems in fine.jsonl. Rows: 1.\n', err: '' });
  });

  test('as JSON, one object a line', async () => {
    write('rows.jsonl', `${row('a')},\n`);
    const { code, out } = await run('rows.jsonl', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'badJson',
      file: 'rows.jsonl',
      line: 1,
      column: row('a').length + 1,
    });
  });

  test('by the columns of a recipe that lies beside it', async () => {
    write('rows.jsonl', '{"q": "a", "a": "b"}\n{"q": "a"}\n');
    expect(await run('rows.jsonl')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no conversations in rows.jsonl'),
    });
    write(
      'my.tune.yaml',
      'model:\n  model_name_or_path: ./base\ndata:\n  path: rows.jsonl\n  columns:\n    prompt: q\n    completion: a\n',
    );
    expect((await run('rows.jsonl')).err).toMatch(/^rows\.jsonl:2:1: error: /);
  });

  test('of other formats', async () => {
    write('rows.csv', 'prompt,completion\na,b\na,\n');
    expect((await run('rows.csv')).err).toMatch(/^rows\.csv:3:1: error: /);
    expect(await run('none.csv')).toMatchObject({ code: 1, err: expect.stringContaining('none.csv') });
  });
});
