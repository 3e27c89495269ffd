import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import { isPlainObject } from '../../../protocol/shape';
import { type StepName, STEPS } from '../../../protocol/trainer';
import { type Parameter, parameters } from '../../recipe/parameters';
import type { ComparableRun } from '../compareRuns';
import { absolutePath, placeKeys } from './places';
import { type RanRecipe, ranRecipe } from './ranRecipe';
import { type Cell, present, row } from './row';
import { shownValue, valueKey } from './shownValue';
import type { Speech } from './speech';

/** Lists whose order means nothing. peft takes a number of layers_to_transform as a list of one. */
const SETS = new Set([
  'lora.target_modules',
  'lora.exclude_modules',
  'lora.modules_to_save',
  'lora.layers_to_transform',
  'lora.target_parameters',
]);

/** Every key of the recipe, in the schema's order, by its meaning: comments, order and ways to write a value don't count. */
export function compareRecipes(runs: readonly ComparableRun[], speech: Speech): ComparedRow[] {
  const recipes = runs.map(ranRecipe);
  const unknown = recipes.map(({ sections }) => sections === null);
  const leaves = parameters().filter(({ group }) => !group);
  const known = new Set(parameters().map(({ path }) => path.join('.')));
  const foreign = foreignPaths(recipes, known);
  const rowsOf = (step: StepName): (ComparedRow | null)[] => {
    const own = leaves.filter(({ path }) => path[0] === step);
    const others = foreign.filter(([first]) => first === step);
    return own
      .map((leaf) => leafRow(leaf, recipes, unknown, speech))
      .concat(others.map((path) => foreignRow(path, recipes, unknown)));
  };
  return present([fileRow(recipes, speech), ...STEPS.flatMap(rowsOf)]);
}

function leafRow(
  leaf: Parameter,
  recipes: readonly RanRecipe[],
  unknown: readonly boolean[],
  speech: Speech,
): ComparedRow | null {
  const { path, description } = leaf;
  const label = path.join('.');
  const values = recipes.map(({ sections }) => (sections === null ? undefined : valueOf(sections, leaf)));
  const places = placeKeys(
    label,
    values.map((value, run) =>
      typeof value === 'string' ? { value, baseDirectory: recipes[run]?.baseDirectory ?? null } : null,
    ),
  );
  const keys = values.map((value, run) => places?.[run] ?? meaningKey(label, value));
  const byDefault = leaf.default === undefined ? null : meaningKey(label, leaf.default);
  const cells = values.map((value, run): Cell | null => {
    if (value === undefined) return null;
    const baseDirectory = recipes[run]?.baseDirectory ?? null;
    // written the same in two folders: only the whole path tells them apart
    const alike = values.some((other, index) => other === value && keys[index] !== keys[run]);
    return {
      text: alike && typeof value === 'string' ? absolutePath({ value, baseDirectory }) : shownValue(value),
      exact: value,
      key: keys[run] ?? '',
      note: meaningKey(label, value) === byDefault ? speech.say(message('default')) : null,
    };
  });
  return row({ path, label, about: speech.say({ text: description, args: [] }), unknown }, cells);
}

function meaningKey(label: string, value: unknown): string {
  if (!SETS.has(label)) return valueKey(value);
  const items = typeof value === 'number' ? [value] : value;
  return valueKey(Array.isArray(items) ? [...new Set(items.map(valueKey))].toSorted() : items);
}

/** Undefined below a group that is null. A key that the run's time didn't know counts as today's default. */
function valueOf(sections: object, { path, default: byDefault }: Parameter): unknown {
  let at: unknown = sections;
  for (const name of path) {
    if (at === null) return undefined;
    at = isPlainObject(at) && Object.hasOwn(at, name) ? at[name] : NOT_THERE;
    if (at === NOT_THERE) return byDefault;
  }
  return at;
}

const NOT_THERE = Symbol('not there');

/** Keys that today's schema doesn't have: those of another time. */
function foreignPaths(recipes: readonly RanRecipe[], known: ReadonlySet<string>): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const walk = (value: unknown, path: readonly string[]): void => {
    const label = path.join('.');
    if (path.length > 0 && !known.has(label)) found.set(label, path);
    else if (isPlainObject(value) && (path.length === 0 || isGroup(label, known)))
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  for (const { sections } of recipes) walk(sections, []);
  return [...found.values()];
}

function isGroup(label: string, known: ReadonlySet<string>): boolean {
  return [...known].some((other) => other.startsWith(`${label}.`));
}

function foreignRow(
  path: readonly string[],
  recipes: readonly RanRecipe[],
  unknown: readonly boolean[],
): ComparedRow | null {
  const cells = recipes.map(({ sections }): Cell | null => {
    let at: unknown = sections;
    for (const name of path) at = isPlainObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
    return at === undefined ? null : { text: shownValue(at), exact: at, key: valueKey(at) };
  });
  return row({ path, label: path.join('.'), unknown }, cells);
}

function fileRow(recipes: readonly RanRecipe[], { say }: Speech): ComparedRow | null {
  return row(
    { path: ['recipeFile'], label: say(message('Recipe file')) },
    recipes.map(({ recipeFile }) => (recipeFile === null ? null : { text: recipeFile, exact: recipeFile })),
  );
}
