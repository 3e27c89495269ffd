import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { message } from '../../../../src/common/message';
import { applyEdits } from '../../../../src/core/recipe/edit';
import { parseRecipe, type Recipe } from '../../../../src/core/recipe/parse';
import { tokenProblems } from '../../../../src/core/recipe/tokenProblems';
import type { TokenFinding } from '../../../../src/protocol/tokenView';

const file = path.resolve(import.meta.dirname, '../../../../samples/yoda/yoda.tune.yaml');

function sample(): Recipe {
  const parsed = parseRecipe(readFileSync(file, 'utf8'), { file });
  if (!parsed.ok) throw new Error('The sample can’t be read.');
  return parsed.value;
}

const truncated: TokenFinding = {
  kind: 'truncatedRows',
  severity: 'warning',
  recipePath: ['train', 'data', 'max_length'],
  message: message('cut'),
  remedy: message('raise'),
  fixes: [
    {
      title: message('Use 96'),
      set: [
        { path: ['train', 'data', 'max_length'], value: 96 },
        { path: ['tokenizer', 'pad_token'], value: '<unk>' },
      ],
    },
  ],
  line: 7,
};

test('a finding stands on its key, and its fix sets every value', () => {
  const recipe = sample();
  const [problem, ...others] = tokenProblems(recipe, [truncated]);
  expect(others).toEqual([]);
  expect(recipe.text.split('\n')[problem!.line - 1]).toContain('max_length');
  expect(problem).toMatchObject({ kind: 'tokens', severity: 'warning', datasetLine: 7, file });
  const mended = parseRecipe(applyEdits(recipe.text, problem!.fixes[0]!.edits), { file });
  expect(mended.ok && mended.value.values.train?.data?.max_length).toBe(96);
  expect(mended.ok && mended.value.values.tokenizer?.pad_token).toBe('<unk>');
});

test('what the recipe’s own checks say is not said twice', () => {
  expect(tokenProblems(sample(), [{ ...truncated, kind: 'unsafePacking' }])).toEqual([]);
});

test('what can only not be seen from here is no problem of the recipe', () => {
  const unseen: TokenFinding = { ...truncated, kind: 'tokenizerUnreadable' };
  expect(tokenProblems(sample(), [unseen])).toEqual([]);
  expect(tokenProblems(sample(), [{ ...unseen, severity: 'error' }])).toHaveLength(1);
});

test('a key that isn’t written is shown at what stands above it', () => {
  const [problem] = tokenProblems(sample(), [{ ...truncated, recipePath: ['tokenizer', 'pad_token'], fixes: [] }]);
  expect(problem!.line).toBeGreaterThan(1);
  expect(problem!.fixes).toEqual([]);
});
