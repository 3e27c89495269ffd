import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import { catching } from './catching';

const transcripts = path.resolve(import.meta.dirname, '../../transcripts');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], options?: Parameters<typeof catching>[1]) {
  const { context, out, err } = catching(folder, options);
  const code = await runProgram(['compare', ...args], context);
  return { code, out: out(), err: err() };
}

/** A run directory as a trainer has left it. */
function write(id: string, log: string, given: { name?: string; change?: (text: string) => string } = {}): string {
  const directory = path.join(folder, '.tunebook', 'runs', id);
  mkdirSync(directory, { recursive: true });
  const { change = (text: string) => text } = given;
  writeFileSync(path.join(directory, 'events.jsonl'), change(readFileSync(path.join(transcripts, log), 'utf8')));
  writeFileSync(path.join(directory, 'config.json'), '{"half": ');
  if (given.name !== undefined) writeFileSync(path.join(directory, 'name.txt'), `${given.name}\n`);
  return directory;
}

const faster = (text: string): string =>
  text.replaceAll('"lora_dropout": 0.05', '"lora_dropout": 0.1').replaceAll('"durationMs": 515', '"durationMs": 405');

const FIRST = '20261124-093012-yoda';
const SECOND = '20261124-101500-yoda';

describe('two runs', () => {
  beforeEach(() => {
    write(FIRST, 'loop.jsonl');
    write(SECOND, 'loop.jsonl', { name: 'more dropout', change: faster });
    write('20261124-110000-yoda', 'failed.jsonl');
    writeFileSync(path.join(folder, '.tunebook', 'runs', 'notes.txt'), '');
  });

  test('are named by id, by the name a person gave, or by directory', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    cpSync(path.join(folder, '.tunebook', 'runs', FIRST), elsewhere, { recursive: true });
    const byName = await run([FIRST, 'more dropout']);
    expect(byName).toMatchObject({ code: 0, err: '' });
    expect(byName.out.split('\n').slice(0, 15)).toEqual([
      `1  ${FIRST}  done`,
      `2  more dropout          done  ${SECOND}`,
      '',
      'Results  differing rows: 1 of 12',
      '                 1       2',
      '  Training time  515 ms  405 ms (−21.4%, best)',
      '',
      'Recipe  differing rows: 1 of 101',
      '                     1               2',
      '  lora.lora_dropout  0.05 (default)  0.1',
      '',
      'Data  no difference in 13 rows',
      '',
      'Versions  no difference in 18 rows',
      '',
    ]);
    const byPath = await run(['./elsewhere', path.join('.tunebook', 'runs', SECOND)]);
    expect(byPath.out).toContain('lora.lora_dropout');
  });

  test('their answers stand below each other, what both share once', async () => {
    const { out } = await run([FIRST, SECOND]);
    const answers = out.slice(out.indexOf('\nAnswers'));
    expect(answers.match(/Hoped for/g)).toHaveLength(2); // greedy and sampled
    expect(answers.match(/Base model/g)).toHaveLength(2);
    expect(answers).toContain('1           (nothing) [cut after 8 tokens: the model did not stop]');
  });

  test('--json has all rows, with numbers and whole hashes', async () => {
    const { code, out } = await run([FIRST, SECOND, '--json']);
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told.runs).toEqual([
      expect.objectContaining({ id: FIRST, name: FIRST, status: 'done' }),
      expect.objectContaining({ id: SECOND, name: 'more dropout' }),
    ]);
    const rows = [...told.results, ...told.recipe, ...told.data];
    const exact = (name: string) => rows.find(({ path: words }) => words.join('.') === name)?.exact;
    expect(exact('trainSeconds')).toEqual([0.515, 0.405]);
    expect(exact('lora.lora_dropout')).toEqual([0.05, 0.1]);
    expect(exact('sha256')[0]).toMatch(/^[\da-f]{64}$/);
    expect(told.answers[0].runs).toHaveLength(2);
  });

  test('--all tells what is the same, too; a narrow terminal has lists instead of columns', async () => {
    const { out } = await run([FIRST, SECOND, '--all'], { columns: 50 });
    expect(out).toContain('differing rows: 1 of 12');
    expect(out).toMatch(/\n {2}Training time\n {4}1 {2}515 ms\n {4}2 {2}405 ms \(−21\.4%, best\)\n/);
  });

  test('in Chinese where the terminal is', async () => {
    const { out } = await run([FIRST, SECOND], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(out).toContain('训练用时  515 毫秒  405 毫秒 (−21.4%, 最佳)');
  });
});

test('without names the two newest that have trained, the older one first', async () => {
  write('20261124-080000-old', 'loop.jsonl');
  write(FIRST, 'loop.jsonl');
  write(SECOND, 'stopped.jsonl');
  write('20261124-120000-no-data', 'failed.jsonl', { change: (text) => text.split('\n').slice(0, 12).join('\n') });
  const { code, out } = await run([]);
  expect(code).toBe(0);
  expect(out.split('\n').slice(0, 2)).toEqual([`1  ${FIRST}  done`, `2  ${SECOND}  stopped`]);
});

test.each([
  [[], 1, 'Fewer than two trainings'],
  [[FIRST], 2, 'One run alone'],
  [[FIRST, FIRST], 2, 'the same run'],
  [[FIRST, '20261124-093021-yoda'], 2, `Did you mean ${FIRST}?`],
  [[FIRST, 'something else'], 2, 'tunebook runs'],
])('%j is told what is wrong', async (args, expected, words) => {
  write(FIRST, 'loop.jsonl');
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toContain(words);
});
