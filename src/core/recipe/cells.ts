import { err, ok, type Result } from '../../common/result';
import type { RecipeProblem } from './problem';
import { type Block, blocksOf } from './blocks';

/**
 * A recipe as cells. Plain JSON, so that a notebook can carry `cell.trivia` and `document.trivia` in its metadata.
 * `text` has LF line ends and no last one. Comments are shown without their `# `.
 *
 * Losslessness: every byte of the file is in exactly one of DocumentTrivia.before, CellTrivia.raw, CellTrivia.after,
 * DocumentTrivia.after. A cell whose text is as shown writes its `raw`, a changed one its text with the file's line
 * ends; the space between two cells is written as it was if both are still neighbours, else as one blank line.
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

const NEW_DOCUMENT: DocumentTrivia = { before: '', after: '', eol: '\n', cellCount: 0 };

/** Splits a recipe's text into cells, without loss. A text that can't be split is an error: it must be shown as text. */
export function splitRecipe(
  text: string,
  options: { readonly file: string },
): Result<RecipeCells, readonly RecipeProblem[]> {
  const split = blocksOf(text, options.file);
  if (!split.ok) return err(split.error);
  const { before, after, eol, blocks } = split.value;
  return ok({
    cells: blocks.map((block, index) => cellOf(block, index)),
    trivia: { before, after, eol, cellCount: blocks.length },
  });
}

/** The text of these cells. Unchanged cells give their own bytes. `trivia` null: a new document. */
export function joinRecipe(cells: readonly RecipeCell[], trivia: DocumentTrivia | null): string {
  const { before, after, eol, cellCount } = trivia ?? NEW_DOCUMENT;
  // a cell left empty in the editor is nothing that a file could hold
  const written = cells.filter((cell) => isUnchanged(cell) || cell.text.trim() !== '');
  const parts = written.map((cell, index) => {
    const next = written[index + 1];
    return textOf(cell, eol) + gap(cell, next, eol, cellCount, after);
  });
  return before + parts.join('') + after;
}

function cellOf({ kind, section, raw, after }: Block, index: number): RecipeCell {
  const trivia = { raw, after, index };
  return kind === 'section' ? { kind, section, text: lf(raw), trivia } : { kind, text: withoutMarks(raw), trivia };
}

function textOf(cell: RecipeCell, eol: string): string {
  if (cell.trivia !== null && isUnchanged(cell)) return cell.trivia.raw;
  const lines = lf(cell.text)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .split('\n');
  if (cell.kind === 'section') return lines.join(eol);
  const mark = cell.trivia === null ? '# ' : markOf(cell.trivia.raw);
  return lines.map((line) => (line === '' ? '#' : mark + line)).join(eol);
}

function isUnchanged({ kind, text, trivia }: RecipeCell): boolean {
  if (trivia === null) return false;
  return lf(text) === (kind === 'section' ? lf(trivia.raw) : withoutMarks(trivia.raw));
}

function gap(cell: RecipeCell, next: RecipeCell | undefined, eol: string, cellCount: number, end: string): string {
  const { trivia } = cell;
  if (next === undefined) {
    if (trivia !== null && trivia.index === cellCount - 1) return trivia.after;
    return end === '' || !end.startsWith('\n') ? eol : '';
  }
  if (trivia !== null && next.trivia !== null && next.trivia.index === trivia.index + 1) return trivia.after;
  // a comment stands right above its section; two comments without a blank line would become one
  return cell.kind === 'markdown' && next.kind === 'section' ? eol : eol + eol;
}

/** Shown without `# `; a lone `#` is an empty line. */
function withoutMarks(raw: string): string {
  return lf(raw)
    .split('\n')
    .map((line) => line.replace(/^# ?/, ''))
    .join('\n');
}

/** The file's own habit: `# text`, or `#text` where no line of the comment has the space. */
function markOf(raw: string): string {
  const marked = lf(raw)
    .split('\n')
    .filter((line) => line !== '#');
  return marked.length > 0 && marked.every((line) => !line.startsWith('# ')) ? '#' : '# ';
}

function lf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
