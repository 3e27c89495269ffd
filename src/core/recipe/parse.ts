import type { Result } from '../../common/result';
import type { RecipeProblem, TextRange } from './problem';

/** A recipe as it was written: only the keys that stand in the text, each checked against the schema. */
export interface Recipe {
  readonly file: string;
  readonly text: string;
  /** Nested as written; defaults are filled in by `resolveRecipe`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the value at this path stands, or the key itself where it has no value; null where it isn't written. */
  rangeOf(path: readonly string[]): TextRange | null;
}

/** Reads a recipe. `file` names it in problems. Never returns a recipe for a text that isn't one; never throws. */
export declare function parseRecipe(
  text: string,
  options: { readonly file: string },
): Result<Recipe, readonly RecipeProblem[]>;
