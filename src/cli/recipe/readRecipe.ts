import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { examineRecipe } from '../../core/recipe/examine';
import type { Recipe } from '../../core/recipe/parse';
import { hasErrors, type RecipeProblem } from '../../core/recipe/problem';
import { byPlace } from '../../core/recipe/report';
import { resolveRecipe } from '../../core/recipe/resolve';
import { tokenProblems, withTokenProblems } from '../../core/recipe/tokenProblems';
import type { ModelRead } from '../../protocol/model';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { Stopped } from '../stopped';
import { type Override, withOverrides } from './overrides';
import { recipeFiles } from './recipeFiles';

export interface ReadRecipe {
  readonly file: string; // absolute
  readonly text: string; // as it will run: with the overrides
  /** Null if it must not run. */
  readonly resolved: ResolvedRecipe | null;
  readonly problems: readonly RecipeProblem[];
}

/**
 * Reads and checks a recipe. `name` is how the person wrote it, for the problems. tokenRows: how many rows are tokenised to
 * see what their tokens show; null: all; without it none.
 */
export async function readRecipe(
  name: string,
  cwd: string,
  overrides: readonly Override[],
  { tokenRows }: { readonly tokenRows?: number | null } = {},
): Promise<ReadRecipe> {
  const file = path.resolve(cwd, name);
  const text = withOverrides(await readText(file, name), overrides);
  const files = recipeFiles(path.dirname(file));
  const modelOf = (recipe: Recipe): Promise<ModelRead> => modelRead(resolveRecipe(recipe, file));
  const { recipe, problems: found } = await examineRecipe(text, { file: name, machine: null, files, modelOf });
  // A run downloads what isn't here: only who asks for everything wants to hear it.
  const problems = tokenRows === null ? found : found.filter((problem) => !isNote(problem));
  if (recipe === null || hasErrors(problems)) return { file, text, resolved: null, problems };
  const resolved = resolveRecipe(recipe, file);
  if (tokenRows === undefined) return { file, text, resolved, problems };
  const { memoryProblemsHere } = await import('./memoryHere');
  const own = byPlace([...problems, ...(await memoryProblemsHere(recipe, await modelOf(recipe)))]);
  // What tokens show forbids nothing here: the trainer refuses a run that would be worthless by what it sees itself.
  const { examineTokens } = await import('../../engine/tokens/examineTokens');
  const asked = { signal: new AbortController().signal, progress: () => {} };
  const findings = await examineTokens({ recipe: resolved, rows: tokenRows }, asked);
  return { file, text, resolved, problems: withTokenProblems(own, tokenProblems(recipe, findings)) };
}

function isNote({ kind, severity }: RecipeProblem): boolean {
  return kind === 'model' && severity === 'information';
}

/** By what is on this machine: to check a recipe calls nobody. */
async function modelRead(recipe: ResolvedRecipe): Promise<ModelRead> {
  const { readModel } = await import('../../engine/model/readModel');
  return readModel({ recipe, online: false }, { signal: new AbortController().signal, env: process.env });
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
