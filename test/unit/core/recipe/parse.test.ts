import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { applyEdits } from '../../../../src/core/recipe/edit';
import { parseRecipe } from '../../../../src/core/recipe/parse';
import type { RecipeProblem } from '../../../../src/core/recipe/problem';

const file = 'test.tune.yaml';
const BASE = 'model:\n  model_name_or_path: m\ndata:\n  path: d.jsonl\n';

function problems(text: string): readonly RecipeProblem[] {
  const result = parseRecipe(text, { file });
  return result.ok ? [] : result.error;
}

function only(text: string): RecipeProblem {
  const [problem, ...more] = problems(text);
  expect(more.map(({ message }) => formatMessage(message))).toEqual([]);
  return problem!;
}

/** What a problem points at. */
const at = (text: string, { range }: RecipeProblem) => text.slice(range.start, range.end);

describe('a recipe that can be read', () => {
  test('has the values that are written, and where they stand', () => {
    const text = `${BASE}lora:\n  target_modules: [a, b]\ntrain:\n  training: {learning_rate: 2e-4}\ngenerate:\n`;
    const result = parseRecipe(text, { file });
    if (!result.ok) throw new Error('not ok');
    expect(result.value.values).toEqual({
      model: { model_name_or_path: 'm' },
      data: { path: 'd.jsonl' },
      lora: { target_modules: ['a', 'b'] },
      train: { training: { learning_rate: 2e-4 } },
      generate: {},
    });
    const range = result.value.rangeOf(['train', 'training', 'learning_rate'])!;
    expect(text.slice(range.start, range.end)).toBe('2e-4');
    expect(result.value.rangeOf(['save', 'output_dir'])).toBeNull();
  });

  test.each([
    ['a byte order mark and CRLF', `\uFEFF${BASE}`.replaceAll('\n', '\r\n')],
    ['no final line end', BASE.trimEnd()],
    ['a document marker', `---\n${BASE}...\n`],
    ['YAML 1.2 words', `${BASE}train:\n  environment:\n    save_strategy: no\n    resume_from_checkpoint: true\n`],
    ['an alias', `${BASE}lora:\n  target_modules: &t [a]\n  exclude_modules: *t\n`],
    ['null where it means none', `${BASE}lora:\n  target_modules: ~\ntokenizer: null\n`],
    ['quoted keys', `${BASE}"lora":\n  'r': 4\n`],
  ])('with %s has no problem', (_, text) => {
    expect(problems(text)).toEqual([]);
  });

  const samples = path.resolve(import.meta.dirname, '../../../../samples');
  test.each(readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tune.yaml')))(
    'samples/%s has no problem',
    (name) => {
      expect(problems(readFileSync(path.join(samples, name), 'utf8'))).toEqual([]);
    },
  );
});

describe('a text that is no recipe', () => {
  test.each([`model:\n  model_name_or_path: "./base\nlora:\n  r: 8\n`, `model:\n  model_name_or_path: 'x\n\n`])(
    'a quote without an end is told where it begins: %j',
    (text) => {
      const [problem] = problems(text);
      expect(problem).toMatchObject({ kind: 'syntax', line: 2, column: 23, endColumn: 24 });
      expect(formatMessage(problem!.message)).toBe('This quote is never closed.');
    },
  );

  test.each([
    ['', 'empty'],
    ['# only words\n', 'empty'],
    ['---\n', 'empty'],
    ['just text', 'notMapping'],
    ['- a\n- b\n', 'notMapping'],
    ['model: [1, 2\n', 'syntax'],
    ['model:\n  a: "x\n', 'syntax'],
    ['model:\n  a: 1\n b: 2\n', 'syntax'],
    ['model: a: b\n', 'syntax'],
    ['model:\n\tmodel_name_or_path: m\n', 'tab'],
    [`${BASE}data:\n  path: e\n`, 'duplicateKey'],
    [`${BASE}---\n${BASE}`, 'severalDocuments'],
    ['model:\n  model_name_or_path: \0\n', 'nulCharacter'],
    [`# ${'x'.repeat(1_000_001)}`, 'tooLarge'],
    [`${BASE}lora:\n  <<: {r: 8}\n`, 'aliases'],
    [`${BASE}lora:\n  target_modules: *nothing\n`, 'syntax'],
    [`${BASE}lora: !!python/object:os.system\n  r: 8\n`, 'syntax'],
    ['model: 3\n', 'notMapping'],
    ['? [a]\n: 1\n', 'syntax'],
  ])('%j is said to be %s, and nothing is made of it', (text, kind) => {
    const found = problems(text);
    expect(found.map((problem) => problem.kind)).toContain(kind);
    for (const problem of found) {
      expect(problem).toMatchObject({ file, severity: 'error' });
      expect(problem.line).toBeGreaterThanOrEqual(1);
      expect(problem.column).toBeGreaterThanOrEqual(1);
      expect(problem.range.end).toBeLessThanOrEqual(text.length);
      expect(problem.message.text).not.toBe('');
      expect(problem.remedy.text).not.toBe('');
    }
  });

  test('that laughs a billion times is refused at once', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `  k${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
    );
    const found = problems(`lora:\n  k0: &a0 [x]\n${levels.join('\n')}\n`);
    expect(found.map(({ kind }) => kind)).toEqual(['aliases']);
  });

  test('with tabs is made right by its fix', () => {
    const text = 'model:\n\tmodel_name_or_path: m\ndata:\n\tpath: d\n';
    const [problem] = problems(text);
    expect(problem).toMatchObject({ line: 2, column: 1 });
    expect(problems(applyEdits(text, problem!.fixes[0]!.edits))).toEqual([]);
  });

  test('whatever it is never throws', () => {
    const piece = fc.constantFrom(
      'model',
      'lora',
      ':',
      ' ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '&a',
      '*a',
      '|',
      '>',
      '%',
      '\t',
      '\r\n',
      '\0',
      '---\n',
      'r',
      '8',
      '!!x',
      '?',
      ',',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const result = parseRecipe(text, { file });
        expect(result.ok).toBe(false);
        if (result.ok) return;
        expect(result.error.length).toBeGreaterThan(0);
        for (const { range } of result.error) expect(range.start).toBeLessThanOrEqual(range.end);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a key', () => {
  test.each<[string, string, string, string, RegExp]>([
    // text, kind, what it points at, after the first fix, remedy
    ['lora:\n  rr: 8\n', 'unknownKey', 'rr', 'lora:\n  r: 8\n', /Did you mean r\?/],
    ['lora:\n  lora_dropuot: 0\n', 'unknownKey', 'lora_dropuot', 'lora:\n  lora_dropout: 0\n', /lora_dropout/],
    ['lora:\n  targetModules: x\n', 'unknownKey', 'targetModules', 'lora:\n  target_modules: x\n', /target_modules/],
    ['lorra:\n  r: 8\n', 'unknownKey', 'lorra', 'lora:\n  r: 8\n', /lora/],
    [
      'train:\n  data:\n    max_seq_length: 64\n',
      'renamedKey',
      'max_seq_length',
      'train:\n  data:\n    max_length: 64\n',
      /another name/,
    ],
    [
      'train:\n  max_seq_length: 64 # c\n  data:\n    packing: true\n',
      'renamedKey',
      'max_seq_length',
      'train:\n  data:\n    packing: true\n    max_length: 64\n',
      /another name/,
    ],
    [
      'train:\n  environment:\n    evaluation_strategy: steps\n',
      'renamedKey',
      'evaluation_strategy',
      'train:\n  environment:\n    eval_strategy: steps\n',
      /./,
    ],
    [
      'train:\n  training:\n    warmup_ratio: 0.1\n',
      'renamedKey',
      'warmup_ratio',
      'train:\n  training:\n    warmup_steps: 0.1\n',
      /share/,
    ],
    ['train:\n  memory:\n    no_cuda: true\n', 'renamedKey', 'no_cuda', 'train:\n  memory:\n    {}\n', /model section/],
    [
      'train:\n  data:\n    packing: true\n    group_by_length: false\n',
      'removedKey',
      'group_by_length',
      'train:\n  data:\n    packing: true\n',
      /gone/,
    ],
    [
      'train:\n  environment:\n    logging_dir: x\n    logging_steps: 1\n',
      'removedKey',
      'logging_dir',
      'train:\n  environment:\n    logging_steps: 1\n',
      /gone/,
    ],
    [
      'train:\n  learning_rate: 2e-4\n',
      'misplacedKey',
      'learning_rate',
      'train:\n  training:\n    learning_rate: 2e-4\n',
      /train\.training/,
    ],
    [
      'lora:\n  r: 8\n  learning_rate: 3.0e-4\n',
      'misplacedKey',
      'learning_rate',
      'lora:\n  r: 8\n\ntrain:\n  training:\n    learning_rate: 3.0e-4\n',
      /train\.training/,
    ],
    [
      'train:\n  packing: true\n  memory:\n    bf16: auto\n',
      'misplacedKey',
      'packing',
      'train:\n  memory:\n    bf16: auto\n  data:\n    packing: true\n',
      /train\.data/,
    ],
  ])('%j is %s', (text, kind, pointed, fixed, remedy) => {
    const whole = BASE + text;
    const problem = only(whole);
    expect(problem.kind).toBe(kind);
    expect(at(whole, problem)).toBe(pointed);
    expect(formatMessage(problem.remedy)).toMatch(remedy);
    const after = applyEdits(whole, problem.fixes[0]!.edits);
    expect(problems(after)).toEqual([]);
    if (!text.includes('no_cuda')) expect(after).toBe(BASE + fixed);
    else expect(after).toContain('device_map: cpu');
  });

  test('that belongs to a group of the model section is moved there with its value', () => {
    const text = 'model:\n  model_name_or_path: m\n  load_in_4bit: true\n  torch_dtype: float16\ndata:\n  path: d\n';
    const [first, second] = problems(text);
    expect([first!.kind, second!.kind]).toEqual(['misplacedKey', 'renamedKey']);
    expect(applyEdits(text, first!.fixes[0]!.edits)).toContain('  quantization_config:\n    load_in_4bit: true\n');
    expect(applyEdits(text, second!.fixes[0]!.edits)).toContain('  dtype: float16\n');
  });

  test('like no other is told which there are', () => {
    const problem = only(`${BASE}save:\n  zzzzqqqq: 1\n`);
    expect(problem.kind).toBe('unknownKey');
    expect(formatMessage(problem.remedy)).toBe('Known here: output_dir, model_card.');
  });

  test('that is required and missing is named, with what it is for', () => {
    expect(
      problems('model:\n  dtype: auto\n').map(({ recipePath, kind, line }) => [recipePath.join('.'), kind, line]),
    ).toEqual([
      ['model.model_name_or_path', 'missingKey', 1],
      ['data.path', 'missingKey', 1],
    ]);
    expect(only('model:\n  model_name_or_path: m\n').remedy.text).toMatch(/rows/);
  });
});

describe('a value', () => {
  test.each<[string, string, string, string | null]>([
    ['train:\n  training:\n    learning_rate: "2e-4"\n', 'numberAsText', '"2e-4"', '2e-4'],
    ['lora:\n  r: 1_000\n', 'numberAsText', '1_000', '1000'],
    ['lora:\n  r: "8"\n', 'numberAsText', '"8"', '8'],
    ['lora:\n  r: 0\n', 'outOfRange', '0', null],
    ['lora:\n  r: 1.5\n', 'wrongType', '1.5', null],
    ['lora:\n  r: many\n', 'wrongType', 'many', null],
    ['lora:\n  r:\n', 'wrongType', 'r', null],
    ['lora:\n  lora_dropout: 2\n', 'outOfRange', '2', null],
    ['lora:\n  lora_dropout: .nan\n', 'wrongType', '.nan', null],
    ['lora:\n  use_dora: yes\n', 'wrongType', 'yes', 'true'],
    ['lora:\n  use_dora: Off\n', 'wrongType', 'Off', 'false'],
    ['lora:\n  target_modules: None\n', '', '', null],
    ['lora:\n  layers_to_transform: None\n', 'wrongType', 'None', 'null'],
    ['lora:\n  modules_to_save: lm_head\n', 'wrongType', 'lm_head', '[lm_head]'],
    ['lora:\n  bias: non\n', 'notAllowed', 'non', 'none'],
    ['lora:\n  task_type: CAUSAL\n', 'notAllowed', 'CAUSAL', null],
    ['train:\n  environment:\n    save_strategy: false\n', 'notAllowed', 'false', "'no'"],
    ['train:\n  memory:\n    optim: adam_torch\n', 'notAllowed', 'adam_torch', 'adamw_torch'],
    ['train:\n  memory:\n    bf16: Auto\n', 'notAllowed', 'Auto', 'auto'],
    ['generate:\n  modes: [greedy, sampld]\n', 'notAllowed', 'sampld', 'sampled'],
    ['generate:\n  modes: []\n', 'outOfRange', '[]', null],
    ['generate:\n  prompts:\n    - a\n    - 1.0\n', 'wrongType', '1.0', '"1.0"'],
    ['generate:\n  prompts: hello\n', 'wrongType', 'hello', '[hello]'],
    ['lora:\n  rank_pattern: {q_proj: big}\n', 'wrongType', 'big', null],
    ['train:\n  memory: 3\n', 'notMapping', '3', null],
  ])('%j is %s', (text, kind, pointed, fix) => {
    const whole = BASE + text;
    if (kind === '') return expect(problems(whole)).toEqual([]);
    const problem = only(whole);
    expect(problem.kind).toBe(kind);
    expect(at(whole, problem)).toBe(pointed);
    if (fix === null) return;
    expect(problem.fixes[0]!.edits[0]!.newText).toBe(fix);
    expect(problems(applyEdits(whole, problem.fixes[0]!.edits))).toEqual([]);
  });

  test('with the name of its library is written without', () => {
    const text = 'model:\n  model_name_or_path: m\n  dtype: torch.float16\ndata:\n  path: d\n';
    const problem = only(text);
    expect(formatMessage(problem.message)).toBe(
      'model.dtype must be auto | float32 | bfloat16 | float16, not torch.float16.',
    );
    expect(applyEdits(text, problem.fixes[0]!.edits)).toContain('dtype: float16\n');
  });
});

test('problems come in the order of the file, each with its line and column', () => {
  const text = `${BASE.replaceAll('\n', '\r\n')}lora:\r\n  r: x\r\n  bais: none\r\nsave:\r\n  model_card: 3\r\n`;
  expect(problems(text).map(({ line, column, endLine, endColumn }) => [line, column, endLine, endColumn])).toEqual([
    [6, 6, 6, 7],
    [7, 3, 7, 7],
    [9, 15, 9, 16],
  ]);
});
