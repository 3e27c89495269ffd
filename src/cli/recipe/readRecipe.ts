import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { checkFiles, checkRecipe } from '../../core/recipe/check';
import { parseRecipe } from '../../core/recipe/parse';
import { hasErrors, type RecipeProblem } from '../../core/recipe/problem';
import { resolveRecipe } from '../../core/recipe/resolve';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { Stopped } from '../stopped';
import { modelTypeIn } from './modelType';
import { type Override, withOverrides } from './overrides';

export interface ReadRecipe {
  readonly file: string; // absolute
  readonly text: string; // as it will run: with the overrides
  /** Null if it must not run. */
  readonly resolved: ResolvedRecipe | null;
  readonly problems: readonly RecipeProblem[];
}

/** Reads and checks a recipe. `name` is how the person wrote it, for the problems. */
export async function readRecipe(name: string, cwd: string, overrides: readonly Override[]): Promise<ReadRecipe> {
  const file = path.resolve(cwd, name);
  const text = withOverrides(await readText(file, name), overrides);
  const parsed = parseRecipe(text, { file: name });
  if (!parsed.ok) return { file, text, resolved: null, problems: parsed.error };
  const recipe = parsed.value;
  const resolved = resolveRecipe(recipe, file);
  const modelType = await modelTypeIn(path.resolve(resolved.baseDirectory, recipe.values.model.model_name_or_path));
  const exists = (place: string): Promise<boolean> => isThere(path.resolve(resolved.baseDirectory, place));
  const problems = [
    ...checkRecipe(recipe, modelType === null ? {} : { modelType }),
    ...(await checkFiles(recipe, { exists })),
  ].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { file, text, resolved: hasErrors(problems) ? null : resolved, problems };
}

async function readText(file: string, name: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT')
      throw new Stopped(message('There is no recipe {0}.', name), {
        remedy: message('Write one with: tunebook init'),
      });
    if (code === 'EISDIR')
      throw new Stopped(message('{0} is a folder.', name), { remedy: message('Name the *.tune.yaml file in it.') });
    throw new Stopped(message('{0} can’t be read: {1}', name, error instanceof Error ? error.message : String(error)));
  }
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
