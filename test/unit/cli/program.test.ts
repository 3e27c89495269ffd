import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import { catching } from './catching';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], options?: Parameters<typeof catching>[1]) {
  const { context, out, err } = catching(folder, options);
  const code = await runProgram(args, context);
  return { code, out: out(), err: err() };
}

const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

describe('usage', () => {
  test('without a command: help on the error stream, exit code 2', async () => {
    const { code, out, err } = await run([]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('tunebook train recipe.tune.yaml');
  });

  test('help in Chinese where the terminal is', async () => {
    const { code, out } = await run(['help'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(code).toBe(0);
    expect(out).toContain('退出码');
  });

  test.each([
    [['trian', 'x'], 'Did you mean train?'],
    [['train'], 'Name a recipe'],
    [['train', 'a', 'b'], 'Unexpected argument: b'],
    [['train', 'a', '--colour'], '--colour'],
    [['runs', '--json=maybe'], '--json'],
    [['init', '--sample', 'nothing'], 'Samples: phi3-yoda, yoda'],
  ])('%j is wrong usage', async (args, words) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });

  test('version is the manifest’s', async () => {
    const { out } = await run(['--version']);
    const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'));
    expect(out.trim()).toBe(manifest.version);
  });
});

describe('check', () => {
  const RECIPE =
    'model:\n  model_name_or_path: ./base\ndata:\n  path: ./rows.jsonl\ntrain:\n  training:\n    learning_rate: 2e-4x\n';

  test('names file, line and column, with a remedy, exit code 1', async () => {
    write('my.tune.yaml', RECIPE);
    const { code, err } = await run(['check', 'my.tune.yaml']);
    expect(code).toBe(1);
    expect(err).toMatch(/^my\.tune\.yaml:7:20: error: .+ \(.+\)$/m);
  });

  test('says the same as JSON, with words', async () => {
    write('my.tune.yaml', RECIPE);
    const { code, out } = await run(['check', 'my.tune.yaml', '--json']);
    expect(code).toBe(1);
    const [problem] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(problem).toMatchObject({ line: 7, column: 20, severity: 'error' });
    expect(typeof problem.message).toBe('string');
    expect(problem.recipePath).toEqual(['train', 'training', 'learning_rate']);
  });

  test('finds missing files and a value given by --set', async () => {
    write('my.tune.yaml', 'model:\n  model_name_or_path: ./base\ndata:\n  path: ./rows.jsonl\n');
    const missing = await run(['check', 'my.tune.yaml']);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('./rows.jsonl');
    const set = await run(['check', 'my.tune.yaml', '--set', 'lora.r=none']);
    expect(set.err).toContain('lora.r');
    expect(read('my.tune.yaml')).not.toContain('lora');
  });

  test('a file that is not there is told with a remedy', async () => {
    const { code, err } = await run(['check', 'nothing.tune.yaml']);
    expect(code).toBe(1);
    expect(err).toContain('tunebook init');
  });
});

describe('init', () => {
  test('writes the sample, which has no problems, and never over it', async () => {
    expect((await run(['init'])).code).toBe(0);
    const check = await run(['check', 'yoda.tune.yaml']);
    expect({ code: check.code, err: check.err }).toEqual({ code: 0, err: '' });
    write('yoda.tune.yaml', 'mine');
    const again = await run(['init']);
    expect(again.code).toBe(1);
    expect(read('yoda.tune.yaml')).toBe('mine');
  });

  test('writes a recipe for a model and a dataset, columns guessed, that passes check', async () => {
    await run(['init', 'there']);
    write('mine.csv', 'question,answer\nWhat?,That.\n');
    const made = await run(['init', '--model', 'there/base', '--dataset', 'mine.csv']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(read('mine.tune.yaml')).toContain('prompt: question');
    expect(read('mine.tune.yaml')).toContain('qkv_proj');
    const check = await run(['check', 'mine.tune.yaml']);
    expect(check.code).toBe(0);
    // The base's own pad token ends a text: the trainer takes another one, and nothing else is to say.
    expect(check.err.trim().split('\n')).toEqual([expect.stringMatching(/: information: .*<\|endoftext\|>/)]);
    expect((await run(['init', '--model', 'there/base', '--dataset', 'mine.csv'])).code).toBe(1);
  });

  test('asks for the columns where they cannot be told', async () => {
    write('odd.csv', 'x1,x2,x3\n1,2,3\n');
    const { code, err } = await run(['init', '--model', 'owner/name', '--dataset', 'odd.csv']);
    expect(code).toBe(2);
    expect(err).toContain('x1, x2, x3');
  });
});

test('train without an environment says how to make one, exit code 3', async () => {
  await run(['init']);
  const { code, err } = await run(['train', 'yoda.tune.yaml', '--python', path.join(folder, 'no-python')]);
  expect(code).toBe(3);
  expect(err).toContain('no-python');
});

test('runs of a folder where nothing ran', async () => {
  const { code, out } = await run(['runs']);
  expect(code).toBe(0);
  expect(out).toContain('Nothing has run');
});

test('runs: one that can’t be read hides none of the others', async () => {
  const made = path.join('.tunebook', 'runs');
  for (const id of ['20261124-093012-a', '20261124-093013-b'])
    mkdirSync(path.join(folder, made, id), { recursive: true });
  write(path.join(made, '20261124-093012-a', 'config.json'), '{"recipeFile": "/x/a.tune.yaml"}');
  mkdirSync(path.join(folder, made, '20261124-093013-b', 'events.jsonl'));
  write(path.join(made, '20261124-093012-a', 'name.txt'), 'better data\n');
  const { code, out, err } = await run(['runs']);
  expect(code).toBe(0);
  expect(out).toMatch(/20261124-093012-a +better data +/);
  expect(err).toMatch(/^The run 20261124-093013-b can’t be read: EISDIR/);
});
