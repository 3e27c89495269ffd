import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isPlainObject } from '../protocol/shape';
import { type ResolvedRecipe, STEPS } from '../protocol/trainer';
import { RUN_FILES } from './runDirectory';

/** The recipe of a run with every default, as config.json has it; null where it can't be read. */
export async function readConfig(directory: string): Promise<ResolvedRecipe | null> {
  const value = await readJson(directory);
  return isResolvedRecipe(value) ? value : null;
}

/** Absolute path of a run's recipe file; null where config.json can't be read. */
export async function readRecipeFile(directory: string): Promise<string | null> {
  const value = await readJson(directory);
  return isPlainObject(value) && typeof value['recipeFile'] === 'string' ? value['recipeFile'] : null;
}

async function readJson(directory: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(directory, RUN_FILES.config), 'utf8'));
  } catch {
    return null;
  }
}

function isResolvedRecipe(value: unknown): value is ResolvedRecipe {
  if (!isPlainObject(value)) return false;
  const { name, recipeFile, baseDirectory, sections } = value;
  return (
    [name, recipeFile, baseDirectory].every((text) => typeof text === 'string') &&
    isPlainObject(sections) &&
    STEPS.every((step) => isPlainObject(sections[step]))
  );
}
