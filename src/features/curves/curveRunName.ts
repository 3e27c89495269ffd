import * as path from 'node:path';
import { recipeName } from '../../core/recipe/resolve';
import { readRecipeFile } from '../../engine/runConfig';
import { readRunName } from '../../engine/runName';

/** As the person named it, or the recipe's name and when it began: runs of one recipe lie over each other. */
export async function curveRunName(directory: string, startedAt: number | null, language: string): Promise<string> {
  const given = await readRunName(directory);
  if (given !== null) return given;
  const recipeFile = await readRecipeFile(directory);
  if (recipeFile === null) return path.basename(directory);
  const name = recipeName(recipeFile);
  return startedAt === null ? name : `${name} · ${timeOf(startedAt, language)}`;
}

function timeOf(seconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(seconds * 1000);
}
