import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { PythonRandom } from './pythonRandom';
import type { DataTrouble } from './recipeRows';

export interface RowSplit {
  /** Indices of the rows to train on, in the order in which the trainer has them. */
  readonly train: readonly number[];
  readonly evaluation: readonly number[];
}

/**
 * trainer/src/tunebook_trainer/splits.py: which of `rows` rows train and which are kept apart to measure on. wanted: a share
 * below 1 or a number of rows; 0 for none.
 */
export function splitRows(rows: number, wanted: number, shuffle: boolean, seed: number): Result<RowSplit, DataTrouble> {
  const chance = new PythonRandom(seed);
  const order = shuffle ? chance.sample(rows, rows) : Array.from({ length: rows }, (_, index) => index);
  const count = wanted < 1 ? roundHalfEven(wanted * rows) : Math.trunc(wanted);
  if (wanted > 0 && (count <= 0 || count >= rows)) {
    return err({
      recipePath: ['data', 'eval_split'],
      message: message(
        'eval_split: {0} of {1} rows leaves {2} to train and {3} to measure on.',
        wanted,
        rows,
        Math.max(0, rows - count),
        count,
      ),
      remedy: message('Choose a share or a number that leaves rows for both.'),
    });
  }
  const chosen = new Set(chance.sample(rows, count));
  return ok({
    train: order.filter((_, index) => !chosen.has(index)),
    evaluation: order.filter((_, index) => chosen.has(index)),
  });
}

/** Python's round(): halves go to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
