import { expect, test } from 'vitest';
import { parameters } from '../../../../src/core/recipe/parameters';
import { compareRuns, type ComparableRun } from '../../../../src/core/run/compareRuns';
import { initialRun, queuedStep } from '../../../../src/core/run/session';
import type { ComparedRow } from '../../../../src/protocol/curvesPanel';
import { comparable, configOf } from './comparable';

const english = { language: 'en', translations: {} };
const HEAD = 'model:\n  model_name_or_path: ./base\n';
const DATA = 'data:\n  path: ./yoda.jsonl\n';

const ran = (text: string, recipeFile?: string): ComparableRun =>
  comparable('run', { recipeText: text, config: configOf(text, recipeFile) });

const ask = (...prompts: string[]): ComparableRun =>
  ran(`${HEAD}${DATA}generate:\n  prompts: ${JSON.stringify(prompts)}\n`);

const withModel = (path: string): string => `model:\n  model_name_or_path: ${path}\n${DATA}`;

const differing = (...runs: readonly ComparableRun[]): readonly ComparedRow[] =>
  compareRuns(runs, english).recipe.filter(({ same }) => !same);

/** label: value (note) | value (note) */
const told = (...runs: readonly ComparableRun[]): string[] =>
  differing(...runs).map(
    ({ label, values, notes }) =>
      `${label}: ${values.map((value, run) => `${value ?? '–'}${notes[run] == null ? '' : ` (${notes[run]})`}`).join(' | ')}`,
  );

test('comments, order, ways to write a number and defaults that are left out make no difference', () => {
  const one = `${HEAD}${DATA}lora:\n  target_modules: [o_proj, qkv_proj]\ntrain:\n  training:\n    learning_rate: 2e-4\n`;
  const other = [
    '# another day',
    'train: # all of it',
    '  training:',
    '    num_train_epochs: 3.0',
    '    learning_rate: 0.0002',
    'lora: {lora_dropout: 5e-2, target_modules: [qkv_proj, o_proj, o_proj]}',
    'data:',
    '  path: yoda.jsonl',
    'model:',
    '  model_name_or_path: /home/luke/yoda/base/',
  ].join('\n');
  expect(told(ran(one), ran(other))).toEqual([]);
  // every key is there, for who wants to see them all
  const all = compareRuns([ran(one), ran(other)], english).recipe;
  expect(all.map(({ label }) => label)).toEqual(
    expect.arrayContaining(
      parameters()
        .filter(({ group, path }) => !group && path[1] !== 'quantization_config')
        .map(({ path }) => path.join('.')),
    ),
  );
  expect(all.find(({ label }) => label === 'train.training.learning_rate')?.about).toContain('The size of each step');
});

test('what differs stands in the schema’s order, with what is a default', () => {
  const plain = ran(HEAD + DATA);
  const other = ran(
    `${HEAD}  quantization_config:\n    load_in_4bit: true\n${DATA}lora:\n  r: 16\n  target_modules: [o_proj]\ngenerate:\n  prompts: [I am here., Where are you?]\ntrain:\n  training:\n    learning_rate: 0.001\n`,
  );
  expect(told(plain, other)).toEqual([
    'model.quantization_config.load_in_4bit: – | true',
    'model.quantization_config.load_in_8bit: – | false (default)',
    'model.quantization_config.bnb_4bit_quant_type: – | nf4 (default)',
    'model.quantization_config.bnb_4bit_use_double_quant: – | true (default)',
    'model.quantization_config.bnb_4bit_compute_dtype: – | auto (default)',
    'lora.r: 8 (default) | 16',
    'lora.target_modules: null (default) | [o_proj]',
    'train.training.learning_rate: 0.0002 (default) | 0.001',
    'generate.prompts: [] (default) | [I am here., Where are you?]',
  ]);
  expect(differing(plain, other).find(({ label }) => label === 'lora.r')?.exact).toEqual([8, 16]);
});

test('the order of a list counts where it means something, and long items get lines of their own', () => {
  const long = 'A sentence that is so long that it does not fit into one line.';
  expect(told(ask('a', 'b'), ask('b', 'a'))).toEqual(['generate.prompts: [a, b] | [b, a]']);
  expect(told(ask(long, 'b'), ask('b'))).toEqual([`generate.prompts: - ${long}\n- b | [b]`]);
});

test('a file at another place is another file, however alike it is written; a folder for results is not', () => {
  const here = ran(HEAD + DATA, '/home/luke/a/yoda.tune.yaml');
  const there = ran(HEAD + DATA, '/home/luke/b/yoda.tune.yaml');
  expect(told(here, there)).toEqual([
    'Recipe file: /home/luke/a/yoda.tune.yaml | /home/luke/b/yoda.tune.yaml',
    'model.model_name_or_path: /home/luke/a/base | /home/luke/b/base',
    'data.path: /home/luke/a/yoda.jsonl | /home/luke/b/yoda.jsonl',
  ]);
  const up = ran(
    'model:\n  model_name_or_path: ../a/base\ndata:\n  path: ../a/./yoda.jsonl\n',
    '/home/luke/b/c.tune.yaml',
  );
  expect(told(here, up)).toEqual(['Recipe file: /home/luke/a/yoda.tune.yaml | /home/luke/b/c.tune.yaml']);
  const hub = (file: string) => ran('model:\n  model_name_or_path: gpt2\ndata:\n  path: owner/rows\n', file);
  expect(told(hub('/a/x.tune.yaml'), hub('/b/x.tune.yaml'))).toEqual(['Recipe file: /a/x.tune.yaml | /b/x.tune.yaml']);
});

test('Windows tells neither slashes nor letters’ case apart', () => {
  const file = 'C:\\Users\\luke\\yoda.tune.yaml';
  expect(told(ran(withModel('.\\Base'), file), ran(withModel('c:/users/luke/base'), file))).toEqual([]);
});

test('without config.json the text is read; without both nothing is known of that run, which is no difference', () => {
  const text = `${HEAD}${DATA}lora:\n  r: 4\n`;
  expect(told(comparable('old', { recipeText: text }), ran(HEAD + DATA))).toEqual([
    'Recipe file: – | /home/luke/yoda/yoda.tune.yaml',
    'lora.r: 4 | 8 (default)',
  ]);
  const unread = comparable('broken', { recipeText: 'model: [', config: { sections: 'no' } });
  expect(told(unread, ran(text), ran(HEAD + DATA))).toEqual([
    'Recipe file: – | /home/luke/yoda/yoda.tune.yaml | /home/luke/yoda/yoda.tune.yaml',
    'lora.r: – | 4 | 8 (default)',
  ]);
});

test('what ran with a default of its time keeps it, and keys that are gone since are shown', () => {
  const config = configOf(HEAD + DATA);
  const { train, ...others } = config.sections;
  const former = {
    ...config,
    sections: { ...others, train: { ...train, training: { learning_rate: 5e-5, warmup_ratio: 0.1 }, extra: { a: 1 } } },
  };
  expect(told(comparable('old', { config: former, recipeText: HEAD + DATA }), ran(HEAD + DATA))).toEqual([
    'train.training.learning_rate: 0.00005 | 0.0002 (default)',
    'train.training.warmup_ratio: 0.1 | –',
    'train.extra: {a: 1} | –',
  ]);
});

test('a step that ran with an earlier text has its section from there', () => {
  const before = `${HEAD}${DATA}train:\n  training:\n    learning_rate: 0.001\n`;
  const after = `${HEAD}${DATA}train:\n  training:\n    learning_rate: 0.5\ngenerate:\n  max_new_tokens: 9\n`;
  const cellByCell = comparable('notebook', {
    recipeText: after,
    config: configOf(after),
    state: {
      ...initialRun,
      steps: { train: { ...queuedStep, recipeText: before }, generate: { ...queuedStep, recipeText: after } },
    },
  });
  expect(told(cellByCell, ran(HEAD + DATA))).toEqual([
    'train.training.learning_rate: 0.001 | 0.0002 (default)',
    'generate.max_new_tokens: 9 | 64 (default)',
  ]);
});
