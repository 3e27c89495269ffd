import { expect, test } from 'vitest';
import { parseRecipe } from '../../../src/core/recipe/parse';
import { resolveRecipe } from '../../../src/core/recipe/resolve';
import { initialRun, reduceRun, type RunState } from '../../../src/core/run/session';
import { printAdvice, printFailure } from '../../../src/cli/show/failure';
import { readOverride } from '../../../src/cli/recipe/overrides';
import type { Failure, TrainerEvent } from '../../../src/protocol/trainer';
import { catching } from './catching';

const TEXT = `model:
  model_name_or_path: ./base
data:
  path: rows.jsonl
train:
  training:
    learning_rate: 2.0e-3
`;

function runOf(...events: readonly TrainerEvent[]): RunState {
  const parsed = parseRecipe(TEXT, { file: '/r.tune.yaml' });
  if (!parsed.ok) throw new Error('no recipe');
  const recipe = resolveRecipe(parsed.value, '/r.tune.yaml');
  const started = { type: 'runStarted' as const, t: 0, seq: 0, steps: ['train' as const], recipeText: TEXT, recipe };
  return [started, ...events].reduce(reduceRun, initialRun);
}

const unknown: Failure = {
  kind: 'unknown',
  message: "KeyError: 'x'",
  recipePath: [],
  facts: { lastLines: ['a library said this'] },
  traceback:
    'Traceback (most recent call last):\n' +
    '  File "/t/tunebook_trainer/session.py", line 7, in _take\n    run()\n    ~~~^^\n' +
    '  File "/env/lib/python3.12/site-packages/trl/sft.py", line 9, in go\n    return table["x"]\n' +
    "KeyError: 'x'\n",
};

test('a failure: what to do, and what to add to the command', () => {
  const { context, err } = catching('/');
  const nan: Failure = { ...unknown, kind: 'nonFiniteLoss', message: 'The loss is NaN.', facts: {}, traceback: null };
  printFailure(nan, context.terminal, { run: runOf(), levers: null });
  expect(err().split('\n')[0]).toBe('✗ The loss or its gradient is no longer a number: The loss is NaN.');
  expect(err()).toContain('  • Set learning_rate to 0.00067:\n      --set train.training.learning_rate=0.00067\n');
  const written = [...err().matchAll(/--set (\S+)/g)].map(([, text = '']) => readOverride(text).path.at(-1));
  expect(written).toEqual(['learning_rate', 'warmup_steps']);
});

test('what is more than a word stands in quotes', () => {
  const { context, err } = catching('/');
  const memory: Failure = {
    ...unknown,
    kind: 'outOfMemory',
    recipePath: ['train', 'memory', 'per_device_train_batch_size'],
    facts: {},
    traceback: null,
  };
  printFailure(memory, context.terminal, { run: runOf(), levers: null });
  expect(err()).toContain("--set 'model.quantization_config={load_in_4bit: true}'");
  expect(err()).toContain(
    '--set train.memory.per_device_train_batch_size=4 --set train.memory.gradient_accumulation_steps=2',
  );
});

test('one that nobody knows shows where it happened and the end of the log', () => {
  const { context, err } = catching('/');
  printFailure(unknown, context.terminal, { run: runOf(), levers: null });
  expect(err()).toContain('    tunebook_trainer/session.py:7 _take\n      run()\n    trl/sft.py:9 go\n');
  expect(err()).toContain('Last lines of the log\n    a library said this\n');
});

test('after a run: what the recipe could say from now on', () => {
  const { context, err } = catching('/');
  const reduced = { type: 'batchSizeReduced' as const, t: 0, seq: 1, step: 'train' as const, from: 8, to: 7 };
  printAdvice(runOf(reduced, { ...reduced, from: 7, to: 4 }), context.terminal);
  expect(err()).toContain(
    '--set train.memory.per_device_train_batch_size=4 --set train.memory.gradient_accumulation_steps=2',
  );
  printAdvice(runOf(), context.terminal);
  expect(err().match(/--set/g)).toHaveLength(2);
});
