import * as vscode from 'vscode';
import { difference } from '../core/recipe/difference';
import { type StepName, STEPS } from '../protocol/trainer';
import { languageOf } from './cellLanguages';
import { columnOf } from './openRecipe';
import { isRecipeNotebook, sectionCells } from './recipeCells';

/** Gives the changed text of a whole recipe or of a section alone; null: it can't be changed. */
type Change = (text: string) => string | null;

interface Showing {
  /** Whoever works in a panel stays there. */
  readonly preserveFocus?: boolean;
}

/**
 * Changes one section of a recipe where it is open, as text or as a notebook; one that isn't open is opened as a notebook.
 * It is shown and left unsaved, and undo takes it back. False where it can't be changed.
 */
export async function changeRecipe(
  uri: vscode.Uri,
  section: StepName,
  change: Change,
  { preserveFocus = false }: Showing = {},
): Promise<boolean> {
  const text = openText(uri);
  if (text !== null) return changeText(text, change, preserveFocus);
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  return isRecipeNotebook(notebook) && changeNotebook(notebook, section, change, preserveFocus);
}

/** As text where it stands in a tab as text; the editor keeps text documents that nobody sees. */
function openText(uri: vscode.Uri): vscode.TextDocument | null {
  const inTab = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  if (!inTab) return null;
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString()) ?? null;
}

async function changeText(document: vscode.TextDocument, change: Change, preserveFocus: boolean): Promise<boolean> {
  if (!(await replaceText(document, change))) return false;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = visible?.viewColumn ?? columnOf(document.uri) ?? vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, { viewColumn, preserveFocus });
  return true;
}

async function changeNotebook(
  notebook: vscode.NotebookDocument,
  section: StepName,
  change: Change,
  preserveFocus: boolean,
): Promise<boolean> {
  const visible = vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  const viewColumn = visible?.viewColumn ?? columnOf(notebook.uri) ?? vscode.ViewColumn.Beside;
  const editor = await vscode.window.showNotebookDocument(notebook, { viewColumn, preserveFocus });
  const cell = sectionCells(notebook).get(section);
  const done = cell === undefined ? await insert(notebook, section, change) : await replaceText(cell.document, change);
  const index = sectionCells(notebook).get(section)?.index;
  if (index !== undefined)
    editor.revealRange(
      new vscode.NotebookRange(index, index + 1),
      vscode.NotebookEditorRevealType.InCenterIfOutsideViewport,
    );
  return done;
}

/** Replaces only what is different, so that the rest keeps its cursors and marks. */
async function replaceText(document: vscode.TextDocument, change: Change): Promise<boolean> {
  const before = document.getText();
  const after = change(before);
  if (after === null) return false;
  if (after === before) return true;
  const { range, newText } = difference(before, after);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)),
    newText,
  );
  return vscode.workspace.applyEdit(edit);
}

/** A section that isn't there yet stands before the first of those that come after it. */
async function insert(notebook: vscode.NotebookDocument, section: StepName, change: Change): Promise<boolean> {
  const text = change('');
  if (text === null) return false;
  const cells = sectionCells(notebook);
  const later = STEPS.slice(STEPS.indexOf(section) + 1).flatMap((step) => cells.get(step)?.index ?? []);
  const at = later.length === 0 ? notebook.cellCount : Math.min(...later);
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text.trimEnd(), languageOf(section));
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(at, [cell])]);
  return vscode.workspace.applyEdit(edit);
}
