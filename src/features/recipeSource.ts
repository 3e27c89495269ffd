import * as vscode from 'vscode';
import type { TextEdit } from '../core/recipe/problem';
import { cellAtLine, cellStartLines } from './cellPlaces';
import { codeCells, isRecipeNotebook, notebookText } from './recipeCells';

/** Where something of a recipe's text stands in the editor: in the text document, or in one cell of the notebook. */
export interface Place {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

interface LineRange {
  readonly line: number; // from 1, as problems have it
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * A recipe as the editor has it open, as text or as a notebook: its whole text, and the way back from there. One file can be
 * open in both forms, with different texts: VS Code keeps a notebook for a while after its tab was closed.
 */
export interface RecipeSource {
  readonly uri: vscode.Uri;
  /** Of this form of the file. */
  readonly key: string;
  readonly text: string;
  /** All documents that may hold problems of it. */
  readonly documents: readonly vscode.TextDocument[];
  placeOf(range: LineRange): Place | null;
  placeOfEdit(edit: TextEdit): Place | null;
}

export function isRecipeText({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.path.endsWith('.tune.yaml') && uri.scheme !== 'vscode-notebook-cell' && languageId === 'yaml';
}

export function textKey({ uri }: vscode.TextDocument): string {
  return `text ${uri.toString()}`;
}

export function notebookKey({ uri }: vscode.NotebookDocument): string {
  return `notebook ${uri.toString()}`;
}

export function textSource(document: vscode.TextDocument): RecipeSource {
  const text = document.getText();
  return {
    uri: document.uri,
    key: textKey(document),
    text,
    documents: [document],
    placeOf: (range) => ({ document, range: toRange(range, 0) }),
    placeOfEdit: ({ range }) => ({
      document,
      range: new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)),
    }),
  };
}

export function notebookSource(notebook: vscode.NotebookDocument): RecipeSource {
  const text = notebookText(notebook);
  const documents = codeCells(notebook).map(({ document }) => document);
  const starts = cellStartLines(
    text,
    documents.map((document) => document.getText()),
  );
  const placeOf = (range: LineRange): Place | null => {
    const index = cellAtLine(starts, range.line - 1) ?? starts.findIndex((start) => start >= 0);
    const document = documents[index];
    const start = starts[index];
    if (document === undefined || start === undefined) return null;
    return { document, range: document.validateRange(toRange(range, start)) };
  };
  return {
    uri: notebook.uri,
    key: notebookKey(notebook),
    text,
    documents,
    placeOf,
    placeOfEdit: ({ range }) => placeOf({ ...lineColumn(text, range.start), ...endOf(lineColumn(text, range.end)) }),
  };
}

/** The recipe of a file in each form that it is open in, the notebook first. */
export function openSources(uri: vscode.Uri): readonly RecipeSource[] {
  const same = (candidate: { readonly uri: vscode.Uri }): boolean => candidate.uri.toString() === uri.toString();
  const { notebookDocuments, textDocuments } = vscode.workspace;
  return [
    ...notebookDocuments.filter((notebook) => isRecipeNotebook(notebook) && same(notebook)).map(notebookSource),
    ...textDocuments.filter(same).map(textSource),
  ];
}

/** The recipe of a file, in whichever form it is open. */
export function openSource(uri: vscode.Uri): RecipeSource | null {
  return openSources(uri)[0] ?? null;
}

/** The recipe that a document is, or that it is a cell of. */
export function sourceHolding(document: vscode.TextDocument): RecipeSource {
  const notebook = vscode.workspace.notebookDocuments.find((candidate) =>
    candidate.getCells().some((cell) => cell.document === document),
  );
  return notebook === undefined ? textSource(document) : notebookSource(notebook);
}

function toRange({ line, column, endLine, endColumn }: LineRange, startLine: number): vscode.Range {
  return new vscode.Range(
    Math.max(0, line - 1 - startLine),
    column - 1,
    Math.max(0, endLine - 1 - startLine),
    endColumn - 1,
  );
}

function lineColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

function endOf({ line, column }: { readonly line: number; readonly column: number }): {
  readonly endLine: number;
  readonly endColumn: number;
} {
  return { endLine: line, endColumn: column };
}
