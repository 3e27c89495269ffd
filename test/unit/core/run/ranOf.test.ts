import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ranOf, sectionTextsOf } from '../../../../src/core/run/ranOf';
import { foldRun } from '../../../../src/core/run/session';
import { staleSteps } from '../../../../src/core/run/stale';
import type { StepName, TrainerEvent } from '../../../../src/protocol/trainer';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../../samples/yoda/yoda.tune.yaml'), 'utf8');
const changed = text.replace('lora_alpha: 16', 'lora_alpha: 32');

let seq = 0;
const began = (recipeText: string | null, ...steps: StepName[]): TrainerEvent => ({
  type: 'runStarted',
  t: 1,
  seq: seq++,
  steps,
  recipeText,
  recipe: {},
});
const done = (step: StepName): TrainerEvent[] => [
  { type: 'stepStarted', t: 1, seq: seq++, step },
  { type: 'stepFinished', t: 2, seq: seq++, step, durationMs: 5 },
];

test('each step that is done was done with the recipe of its own run', () => {
  const ran = ranOf(
    foldRun([
      began(text, 'model', 'lora'),
      ...done('model'),
      ...done('lora'),
      began(changed, 'data', 'tokenizer', 'train'),
      ...done('data'),
      { type: 'stepStarted', t: 3, seq: seq++, step: 'tokenizer' },
    ]),
  );
  expect(Object.keys(ran)).toEqual(['model', 'lora', 'data']);
  expect([...staleSteps(ran, sectionTextsOf(text))]).toEqual(['data']);
  expect([...staleSteps(ran, sectionTextsOf(changed))]).toEqual(['lora']);
});

test('of a run whose host told no recipe nothing is known to be fresh', () => {
  expect(ranOf(foldRun([began(null, 'model'), ...done('model')]))).toEqual({});
});

test('sections are cut as cells are: line feeds, without the prose above', () => {
  const { model, train } = sectionTextsOf(text.replaceAll('\n', '\r\n'));
  expect(model).toMatch(/^model:\n {2}model_name_or_path: \.\/base/);
  expect(train).toContain('learning_rate: 2.0e-3');
  expect(sectionTextsOf('{{')).toEqual({});
});
