import type { FullRecipe } from '../../recipe/schema/recipe';

/** One value of a recipe to set. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The recipe with these values, checked by nobody: changes come from levers, whose values the schema allows. */
export function changed(recipe: FullRecipe, changes: readonly Change[]): FullRecipe {
  let result: unknown = recipe;
  for (const { path, value } of changes) result = withValue(result, path, value);
  // SAFETY: levers set keys of the schema to values of the schema; the test of levers parses every result with it.
  return result as FullRecipe;
}

function withValue(object: unknown, path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const entries = typeof object === 'object' && object !== null ? Object.entries(object) : [];
  const inner = entries.find(([key]) => key === first)?.[1];
  return { ...Object.fromEntries(entries), [first]: withValue(inner, rest, value) };
}
