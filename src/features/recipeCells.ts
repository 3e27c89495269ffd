import * as vscode from 'vscode';
import { type CellTrivia, type DocumentTrivia, joinRecipe, type RecipeCell } from '../core/recipe/cells';
import type { SectionTexts } from '../core/run/stale';
import { isPlainObject } from '../protocol/shape';
import type { StepName } from '../protocol/trainer';
import { NOTEBOOK_TYPE, sectionOf, stepOf } from './cellLanguages';

/** What both a notebook in the editor and one on its way to disk have of a cell. */
interface CellLike {
  readonly kind: vscode.NotebookCellKind;
  readonly text: string;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

export function toRecipeCell({ kind, text, metadata }: CellLike): RecipeCell {
  const trivia = isPlainObject(metadata?.['trivia'])
    ? // SAFETY: only the serializer writes this field, from a CellTrivia.
      (metadata['trivia'] as unknown as CellTrivia)
    : null;
  return kind === vscode.NotebookCellKind.Markup
    ? { kind: 'markdown', text, trivia }
    : { kind: 'section', section: sectionOf(text) ?? '', text, trivia };
}

export function documentTrivia(metadata: Readonly<Record<string, unknown>> | undefined): DocumentTrivia | null {
  return isPlainObject(metadata?.['trivia'])
    ? // SAFETY: only the serializer writes this field, from a DocumentTrivia.
      (metadata['trivia'] as unknown as DocumentTrivia)
    : null;
}

/** Whether this is a recipe as a notebook, and not what stands in for a refused file (see the serializer). */
export function isRecipeNotebook({ notebookType, metadata }: vscode.NotebookDocument): boolean {
  return notebookType === NOTEBOOK_TYPE && metadata['refused'] !== true;
}

/** The recipe's text as a save would write it now. */
export function notebookText(notebook: vscode.NotebookDocument): string {
  const cells = notebook
    .getCells()
    .map(({ kind, document, metadata }) => toRecipeCell({ kind, text: cellText(document), metadata }));
  return joinRecipe(cells, documentTrivia(notebook.metadata));
}

/** The cell that runs each step: the first one whose text is that section. */
export function sectionCells(notebook: vscode.NotebookDocument): ReadonlyMap<StepName, vscode.NotebookCell> {
  const cells = new Map<StepName, vscode.NotebookCell>();
  for (const cell of codeCells(notebook)) {
    const step = stepOf(cell.document.getText());
    if (step !== null && !cells.has(step)) cells.set(step, cell);
  }
  return cells;
}

export function sectionTexts(notebook: vscode.NotebookDocument): SectionTexts {
  return Object.fromEntries([...sectionCells(notebook)].map(([step, { document }]) => [step, cellText(document)]));
}

export function codeCells(notebook: vscode.NotebookDocument): readonly vscode.NotebookCell[] {
  return notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
}

/** A cell's text has LF line ends in core, whatever the editor keeps. */
function cellText(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}
