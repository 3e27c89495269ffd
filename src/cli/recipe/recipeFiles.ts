import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { ExaminedFiles } from '../../core/recipe/examine';

/** The files around a recipe in this folder. */
export function recipeFiles(folder: string): ExaminedFiles {
  return {
    exists: (name) =>
      stat(path.resolve(folder, name)).then(
        () => true,
        () => false,
      ),
    readText: (name) => readFile(path.resolve(folder, name), 'utf8').catch(() => null),
  };
}
