import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { parseRecipe } from '../../../../src/core/recipe/parse';
import { resolveRecipe } from '../../../../src/core/recipe/resolve';
import { sweepDataset } from '../../../../src/engine/data/sweepDataset';
import { examineLines } from '../../../../src/engine/data/sweepExamineLines';
import { viewTokens } from '../../../../src/engine/tokens/viewTokens';
import type { DatasetProblem } from '../../../../src/protocol/sweep';
import type { ResolvedRecipe } from '../../../../src/protocol/trainer';

const SAMPLE = path.resolve(import.meta.dirname, '../../../../samples/yoda');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tb-sweep-tokens-'));
  await cp(SAMPLE, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function recipeWith(train: string, more = ''): Promise<ResolvedRecipe> {
  const file = path.join(folder, 'my.tune.yaml');
  const text = `model:\n  model_name_or_path: ./base\ndata:\n  path: ./yoda.jsonl\n  columns:\n    prompt: sentence\n    completion: translation_extra\n${more}train:\n  data:\n${train}`;
  await writeFile(file, text);
  const parsed = parseRecipe(text, { file });
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => formatMessage(message)).join());
  return resolveRecipe(parsed.value, file);
}

const quiet = { signal: new AbortController().signal, progress: () => {} };

async function sweep(recipe: ResolvedRecipe) {
  const found: DatasetProblem[] = [];
  const result = await sweepDataset(
    { path: path.join(folder, 'yoda.jsonl'), recipe, limit: 10_000, asked: false },
    { ...quiet, progress: ({ problems }) => found.push(...problems) },
  );
  return { ...result, found };
}

const count = (problems: readonly DatasetProblem[], kind: string): number =>
  problems.filter((problem) => problem.kind === kind).length;

describe('what only tokens tell', () => {
  const CASES = [
    ['a short max_length', '    max_length: 24\n'],
    ['a short max_length, assistant only', '    max_length: 14\n    assistant_only_loss: true\n'],
    ['packing that keeps rows whole', '    max_length: 24\n    packing: true\n    packing_strategy: bfd\n'],
  ] as const;
  for (const [name, train] of CASES)
    test(`${name}: as many rows as the token view counts`, async () => {
      const recipe = await recipeWith(train);
      const { counts } = await viewTokens({ recipe, batches: 1, rows: null }, quiet);
      const { found, judged, complete } = await sweep(recipe);
      expect({ judged, complete }).toEqual({ judged: true, complete: true });
      expect(counts.truncatedRows).toBeGreaterThan(0);
      expect(count(found, 'tooLong') + count(found, 'wholeMasked')).toBe(counts.truncatedRows);
      if (recipe.sections.train['data'] && train.includes('assistant')) expect(counts.maskedRows).toBeGreaterThan(0);
      expect(count(found, 'wholeMasked')).toBe(counts.maskedRows);
    });

  test('nothing where nothing is cut', async () => {
    for (const train of [
      '    max_length: 24\n    packing: true\n    packing_strategy: wrapped\n',
      '    max_length: 1024\n',
    ]) {
      const { found } = await sweep(await recipeWith(train));
      expect(found.filter(({ kind }) => kind === 'tooLong' || kind === 'wholeMasked')).toEqual([]);
    }
  });

  test('the column is marked, in the editor too', async () => {
    const recipe = await recipeWith('    max_length: 24\n');
    const { found } = await sweep(recipe);
    const first = found.find(({ kind }) => kind === 'tooLong');
    if (first === undefined) throw new Error('none is too long');
    const lines = (await readFile(path.join(folder, 'yoda.jsonl'), 'utf8')).split('\n');
    expect(lines[first.line]?.slice(first.column, first.endColumn)).toBe('"translation_extra"');
    expect(formatMessage(first.message)).toMatch(
      /^The row has \d+ tokens: the last \d+ are cut off at max_length 24\.$/,
    );
    const seen = await examineLines(
      { head: lines.slice(0, 20), lines: [lines[first.line] ?? ''], firstLine: first.line, recipe },
      quiet.signal,
    );
    expect(seen).toEqual([first]);
  });

  test('a row that the template refuses, with its reason', async () => {
    const template = `  chat_template: "{% for m in messages %}{% if 'river' in m.content %}{{ raise_exception('No river here') }}{% endif %}{{ m.content }}{% endfor %}"\n`;
    const { found } = await sweep(await recipeWith('    max_length: 1024\n', `tokenizer:\n${template}`));
    const refused = found.filter(({ kind }) => kind === 'templateFails');
    const lines = (await readFile(path.join(folder, 'yoda.jsonl'), 'utf8')).split('\n');
    const rows = lines.flatMap((line, index) => {
      if (line === '') return [];
      const { sentence, translation_extra: answer } = JSON.parse(line) as Record<string, string>;
      return `${sentence}${answer}`.includes('river') ? [index] : [];
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(refused.map(({ line }) => line)).toEqual(rows);
    expect(refused.every(({ message }) => formatMessage(message).includes('No river here'))).toBe(true);
  });

  test('without a tokenizer rows are judged all the same', async () => {
    const recipe = await recipeWith('    max_length: 24\n');
    const away = {
      ...recipe,
      sections: { ...recipe.sections, model: { ...recipe.sections.model, model_name_or_path: './none' } },
    };
    const { judged, rows, found } = await sweep(away);
    expect({ judged, rows, tooLong: count(found, 'tooLong') }).toEqual({ judged: true, rows: 720, tooLong: 0 });
  });
});
