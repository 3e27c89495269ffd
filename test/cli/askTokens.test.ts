import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseRecipe } from '../../src/core/recipe/parse';
import { resolveRecipe } from '../../src/core/recipe/resolve';
import { askTokens } from '../../src/engine/python/askTokens';
import { buildCli, sampleFolder, trainerPython } from './cli';

const trainerSource = path.resolve(import.meta.dirname, '../../trainer/src');

let sample: ReturnType<typeof sampleFolder>;
beforeAll(async () => {
  await buildCli();
  sample = sampleFolder();
});
afterAll(() => sample.remove());

function recipe(change: (text: string) => string) {
  const file = path.join(sample.folder, 'yoda.tune.yaml');
  const parsed = parseRecipe(change(readFileSync(file, 'utf8')), { file });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return resolveRecipe(parsed.value, file);
}

const ask = (change: (text: string) => string) => {
  const python = trainerPython();
  if (python === null) throw new Error('No Python with the trainer’s packages.');
  const signal = new AbortController().signal;
  return askTokens({ python, trainerSource, recipe: recipe(change), batches: 2, rows: 100, signal });
};

test('the real trainer’s answer is a view', async () => {
  const answer = await ask((text) => text);
  if (!answer.ok) throw new Error(answer.error.message);
  const { source, batches, counts, pieces } = answer.value;
  expect(source).toBe('trainer');
  expect(counts).toMatchObject({ rows: 100, complete: false });
  expect(batches.map(({ sequences }) => sequences.length)).toEqual([8, 8]);
  const known = new Set(pieces.map(({ id }) => id));
  const used = batches.flatMap(({ sequences }) => sequences.flatMap(({ ids }) => ids));
  expect(used.filter((id) => !known.has(id))).toEqual([]);
});

test('a recipe that it refuses is a failure, not a crash', async () => {
  const answer = await ask((text) => text.replace('./yoda.jsonl', './nothing.jsonl'));
  expect(answer.ok).toBe(false);
  if (!answer.ok) expect(answer.error.kind).toBe('missingFile');
});
