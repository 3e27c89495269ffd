import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { recipeSchema, type RecipeValues } from '../../../../src/core/recipe/schema/recipe';
import { examineTokens } from '../../../../src/engine/tokens/examineTokens';
import { isPlainObject } from '../../../../src/protocol/shape';
import type { TokenFinding } from '../../../../src/protocol/tokenView';
import type { ResolvedRecipe } from '../../../../src/protocol/trainer';
import { ROOT } from './labelReference';

export const asked = { signal: new AbortController().signal, progress: () => {} };

export const YODA = path.join(ROOT, 'samples/yoda/base');

/** Three rows of a question and an answer. */
export const ROWS = [
  { q: 'Where is the cat?', a: 'On the mat, the cat is.' },
  { q: 'Who sings?', a: 'The birds in the garden, sing they do.' },
  { q: 'What time is it?', a: 'Late, it is.' },
].map((row) => `${JSON.stringify(row)}\n`);

/** A recipe in a folder of its own that goes away after the test. values: over a recipe of the sample's model and ROWS. */
export function scene(
  values: { readonly [section: string]: unknown } = {},
  files: Readonly<Record<string, string>> = {},
): ResolvedRecipe {
  const folder = mkdtempSync(path.join(tmpdir(), 'tunebook-tokens-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ 'rows.jsonl': ROWS.join(''), ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const base: RecipeValues = {
    model: { model_name_or_path: YODA },
    data: { path: './rows.jsonl', columns: { prompt: 'q', completion: 'a' } },
    tokenizer: { pad_token: '<unk>' },
    generate: { prompts: ['Hello'] },
  };
  return {
    name: 'scene',
    recipeFile: path.join(folder, 'scene.tune.yaml'),
    baseDirectory: folder,
    sections: recipeSchema.parse(merged(base, values)),
  };
}

export async function findingsOf(recipe: ResolvedRecipe): Promise<readonly TokenFinding[]> {
  return examineTokens({ recipe, rows: null }, asked);
}

export function withFix(recipe: ResolvedRecipe, { set }: TokenFinding['fixes'][number]): ResolvedRecipe {
  const changes = set.map(({ path: keys, value }) =>
    keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
  );
  return { ...recipe, sections: recipeSchema.parse(changes.reduce(merged, recipe.sections)) };
}

function merged(target: unknown, changes: unknown): unknown {
  if (!isPlainObject(target) || !isPlainObject(changes)) return changes;
  const keys = new Set([...Object.keys(target), ...Object.keys(changes)]);
  return Object.fromEntries(
    Array.from(keys, (key) => [key, key in changes ? merged(target[key], changes[key]) : target[key]]),
  );
}
