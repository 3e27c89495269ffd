import type { Result } from '../../common/result';
import type { RecipeProblem } from './problem';

/**
 * A recipe as cells. Plain JSON, so that a notebook can carry `cell.trivia` and `document.trivia` in its metadata.
 * `text` has LF line ends and no last one. Comments are shown without their `# `.
 */
export type RecipeCell =
  | { readonly kind: 'section'; readonly section: string; readonly text: string; readonly trivia: CellTrivia | null }
  | { readonly kind: 'markdown'; readonly text: string; readonly trivia: CellTrivia | null };

/** What a cell doesn't show but the file needs, byte for byte. Null in a cell made in the editor. */
export interface CellTrivia {
  /** The cell's own text as it stands in the file: written again as long as the shown text is unchanged. */
  readonly raw: string;
  /** What stood between this cell and the next one (or the end): line end and blank lines. */
  readonly after: string;
  /** The cell's place in the file, to know whether its neighbour is still the same. */
  readonly index: number;
}

export interface DocumentTrivia {
  /** Byte order mark, directives, `---`, blank lines before the first cell. */
  readonly before: string;
  /** `...` and what follows it. */
  readonly after: string;
  readonly eol: '\n' | '\r\n';
  readonly cellCount: number;
}

export interface RecipeCells {
  readonly cells: readonly RecipeCell[];
  readonly trivia: DocumentTrivia;
}

/** Splits a recipe's text into cells, without loss. A text that can't be split is an error: it must be shown as text. */
export declare function splitRecipe(
  text: string,
  options: { readonly file: string },
): Result<RecipeCells, readonly RecipeProblem[]>;

/** The text of these cells. Unchanged cells give their own bytes. `trivia` null: a new document. */
export declare function joinRecipe(cells: readonly RecipeCell[], trivia: DocumentTrivia | null): string;
