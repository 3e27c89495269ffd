// What the files of a model, and the memory that it takes, mean for the lines of a recipe.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatMessage, message } from '../../../../src/common/message';
import { estimateMemory } from '../../../../src/core/model/estimate/estimate';
import { memoryLevers } from '../../../../src/core/model/estimate/levers';
import { applyEdits } from '../../../../src/core/recipe/edit';
import { examineRecipe } from '../../../../src/core/recipe/examine';
import { memoryProblems } from '../../../../src/core/recipe/memoryProblems';
import { parseRecipe, type Recipe } from '../../../../src/core/recipe/parse';
import { fullRecipe } from '../../../../src/core/recipe/resolve';
import type { EstimateMachine, ModelRead } from '../../../../src/protocol/model';
import { sampleStructure } from '../../loadedSample';

const file = path.resolve(import.meta.dirname, '../../../../samples/yoda/yoda.tune.yaml');
const text = readFileSync(file, 'utf8');
const structure = await sampleStructure();

function recipeOf(changed = text): Recipe {
  const parsed = parseRecipe(changed, { file });
  if (!parsed.ok) throw new Error('The sample can’t be read.');
  return parsed.value;
}

function examine(changed: string, read: ModelRead | null, exists = true) {
  const files = { exists: async () => exists, readText: async () => null };
  return examineRecipe(changed, { file, machine: null, files, modelOf: async () => read });
}

const trouble = (severity: 'error' | 'information'): ModelRead => ({
  kind: 'trouble',
  trouble: { kind: 'badHeader', severity, message: message('broken'), remedy: message('mend'), file: null },
});

const machine = (totalBytes: number): EstimateMachine => ({
  device: 'cuda',
  bf16: true,
  gpu: { index: 0, name: 'Small GPU', totalBytes, freeBytes: totalBytes, capability: '8.9' },
});

function problemsOn(on: EstimateMachine, recipe: Recipe) {
  const facts = { structure, recipe: fullRecipe(recipe), machine: on, lengths: null };
  const estimate = estimateMemory(facts);
  return memoryProblems(recipe, { estimate, machine: on, levers: memoryLevers(facts, estimate) });
}

describe('the model', () => {
  test('one that can’t be read is a problem of the line that names it', async () => {
    const { problems } = await examine(text, trouble('error'));
    expect(problems).toMatchObject([{ kind: 'model', severity: 'error', recipePath: ['model', 'model_name_or_path'] }]);
    expect(text.split('\n')[problems[0]!.line - 1]).toContain('./base');
    expect((await examine(text, trouble('information'))).problems[0]).toMatchObject({ severity: 'information' });
  });

  test('a folder that is missing is told once', async () => {
    const { problems } = await examine(text, trouble('error'), false);
    const ofModel = problems.filter(({ recipePath }) => recipePath.join('.') === 'model.model_name_or_path');
    expect(ofModel.map(({ kind }) => kind)).toEqual(['missingFile']);
  });

  test('its real layers are what target_modules is held against', async () => {
    const source = { kind: 'folder', place: './base', durationMs: 1 } as const;
    const misspelt = text.replace('[o_proj, qkv_proj, gate_up_proj, down_proj]', '[o_proj, qkv_porj]');
    const { problems } = await examine(misspelt, { kind: 'structure', structure, source });
    const said = problems.map((problem) => formatMessage(problem.message)).join('\n');
    expect(said).toContain('qkv_porj');
    expect((await examine(text, { kind: 'structure', structure, source })).problems).toEqual([]);
  });
});

describe('memory', () => {
  test('what does not fit is a warning on the model, and each fix takes less', () => {
    const recipe = recipeOf();
    const small = machine(1e8);
    const before = estimateMemory({ structure, recipe: fullRecipe(recipe), machine: small, lengths: null }).deviceBytes;
    const [problem, ...others] = problemsOn(small, recipe);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ kind: 'memory', severity: 'warning' });
    expect(formatMessage(problem!.message)).toMatch(/would take about .* but Small GPU has 100 MB/);
    expect(problem!.fixes.length).toBeGreaterThan(0);
    for (const { edits } of problem!.fixes) {
      const mended = recipeOf(applyEdits(text, edits));
      const after = estimateMemory({ structure, recipe: fullRecipe(mended), machine: small, lengths: null });
      expect(after.deviceBytes).toBeLessThan(before);
    }
  });

  test('nothing is said of a GPU that is large enough, nor without one', () => {
    expect(problemsOn(machine(80e9), recipeOf())).toEqual([]);
    expect(problemsOn({ device: 'cpu', bf16: false, gpu: null }, recipeOf())).toEqual([]);
  });
});
