// From a recipe's text to the structure of a 70B model in 48 files, and the same headers with Python's safetensors, whose
// imports are done before.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bench, describe } from 'vitest';
import { parseRecipe } from '../src/core/recipe/parse';
import { resolveRecipe } from '../src/core/recipe/resolve';
import { LocalFiles } from '../src/engine/model/localFiles';
import { readModel } from '../src/engine/model/readModel';
import { readStructure } from '../src/engine/model/readStructure';
import { baseInterpreter, existingEnvironment } from '../src/engine/python/createEnvironment';
import { makeLlama70b, RECIPE } from './structure/llama70b';

const ROOT = path.resolve(import.meta.dirname, '..');
const TENSORS = 723;
const parent = path.join(ROOT, 'out', 'bench');
makeLlama70b(parent);

function resolved() {
  const file = path.join(parent, 'bench.tune.yaml');
  const parsed = parseRecipe(RECIPE, { file });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return resolveRecipe(parsed.value, file);
}

const asked = { signal: new AbortController().signal, env: process.env };

async function python(): Promise<string> {
  const named = process.env['TUNEBOOK_TEST_PYTHON'];
  if (named) return named;
  const lock = readFileSync(path.join(ROOT, 'trainer/requirements.lock'), 'utf8');
  const found = await existingEnvironment(lock, await baseInterpreter(null));
  if (found === null) throw new Error('There is no Python environment: make it with tunebook env --create.');
  return found.python;
}

describe('a 70B model in 48 files, from its headers', () => {
  bench('recipe to structure', async () => {
    resolved();
    const structure = await readStructure(
      new LocalFiles('folder', path.join(parent, 'llama-70b'), () => {}),
      asked.signal,
    );
    if (structure.checkpoint?.tensors !== TENSORS) throw new Error('not all tensors');
  });

  bench('recipe to structure, the files being as they were', async () => {
    const read = await readModel({ recipe: resolved(), online: false }, asked);
    if (read.kind !== 'structure') throw new Error(JSON.stringify(read.trouble));
  });

  let child: ChildProcessWithoutNullStreams;
  let answers: AsyncIterator<string>;
  bench(
    'Python’s safetensors: names and shapes alone',
    async () => {
      child.stdin.write('\n');
      const { value } = await answers.next();
      if (value !== String(TENSORS)) throw new Error(`safetensors found ${String(value)} tensors`);
    },
    {
      setup: async () => {
        const script = path.join(ROOT, 'bench/structure/with_safetensors.py');
        child = spawn(await python(), [script, path.join(parent, 'llama-70b')]);
        answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        child.stdin.write('\n');
        await answers.next();
      },
      teardown: () => {
        child.kill();
      },
    },
  );
});
