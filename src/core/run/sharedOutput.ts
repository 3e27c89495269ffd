import { type Message, message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import type { ResolvedRecipe, StepName } from '../../protocol/trainer';

/** Steps with the recipe that they run with: what two runs are compared by. */
export interface RunTarget {
  readonly recipe: ResolvedRecipe;
  readonly steps: readonly StepName[];
}

/** What two runs would both write, or (recipe) what one shows of the other. */
export interface SharedOutput {
  readonly what: 'checkpoints' | 'adapter' | 'recipe';
  /** Absolute. */
  readonly path: string;
}

/**
 * What two runs share. Checkpoints count where both train into a folder that their recipes name (without one each run has its
 * own), adapters where both save. Links are taken as written: what looks different and is the same, the trainer's lock finds.
 */
export function sharedOutput(ours: RunTarget, theirs: RunTarget): readonly SharedOutput[] {
  const both = (step: StepName): boolean => ours.steps.includes(step) && theirs.steps.includes(step);
  const shared: SharedOutput[] = [];
  const add = (what: SharedOutput['what'], path: string | null, other: string | null): void => {
    if (path !== null && other !== null && sameFile(path, other)) shared.push({ what, path });
  };
  if (both('train')) add('checkpoints', checkpointsOf(ours.recipe), checkpointsOf(theirs.recipe));
  if (both('save')) add('adapter', adapterOf(ours.recipe), adapterOf(theirs.recipe));
  add('recipe', ours.recipe.recipeFile, theirs.recipe.recipeFile);
  return shared;
}

/** Two absolute paths of one file, as written: `.`, `..`, doubled slashes, and on Windows case and kind of slash. */
export function sameFile(a: string, b: string): boolean {
  const [one, other] = [tidy(a), tidy(b)];
  return one === other || (onWindows(one) && one.toLowerCase() === other.toLowerCase());
}

/** The same in a sentence. */
export function sharedWords({ what, path }: SharedOutput): Message {
  switch (what) {
    case 'checkpoints':
      return message('It keeps its checkpoints in the same folder: {0}', path);
    case 'adapter':
      return message('It saves its adapter into the same folder: {0}', path);
    case 'recipe':
      return message('It runs the same recipe: {0}', path);
    default:
      return what satisfies never;
  }
}

function checkpointsOf({ baseDirectory, sections }: ResolvedRecipe): string | null {
  const environment = sections.train['environment'];
  return isPlainObject(environment) ? pathIn(baseDirectory, environment['output_dir']) : null;
}

function adapterOf({ baseDirectory, sections }: ResolvedRecipe): string | null {
  return pathIn(baseDirectory, sections.save['output_dir']);
}

function pathIn(baseDirectory: string, value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  // ~ is a home folder that only the trainer knows: equal as written
  const isAbsolute = /^(?:[\\/]|[a-z]:[\\/]|~(?:[\\/]|$))/i.test(value);
  return tidy(isAbsolute ? value : `${baseDirectory}/${value}`);
}

/** Of either kind of system: `core` has no node:path. */
function tidy(path: string): string {
  const isWindows = onWindows(path);
  const parts: string[] = [];
  for (const part of (isWindows ? path.replaceAll('\\', '/') : path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const root = isWindows ? (path.startsWith('\\') ? '\\\\' : '') : path.startsWith('/') ? '/' : '';
  return root + parts.join(isWindows ? '\\' : '/');
}

function onWindows(path: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\)/i.test(path);
}
