import type { ModelStructure } from '../../../protocol/model';
import type { FullRecipe } from '../../recipe/schema/recipe';

/** Where neither the recipe nor the model has a limit. */
const UNLIMITED = 2048;

export interface RowLength {
  readonly length: number;
  /** No row was looked at: this long they may be. */
  readonly isLimit: boolean;
}

/** Tokens of one row of the largest batch. Packed rows are all max_length long, but for the last. */
export function rowLength(
  { sizes }: ModelStructure,
  { train }: FullRecipe,
  lengths: readonly number[] | null,
): RowLength {
  const limit = train.data.max_length ?? sizes.maxLength ?? UNLIMITED;
  if (train.data.packing) {
    if (lengths === null) return { length: limit, isLimit: true };
    // Fewer tokens than one packed row holds make one short row.
    const all = lengths.reduce((total, length) => total + length, 0);
    return { length: Math.max(1, Math.min(limit, all)), isLimit: false };
  }
  if (lengths === null || lengths.length === 0) return { length: limit, isLimit: true };
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
  return { length: Math.min(longest, limit), isLimit: false };
}
