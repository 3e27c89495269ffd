import * as vscode from 'vscode';
import type { Kernel } from './kernel';
import { sectionCells } from '../recipeCells';

/** Opens a recipe's notebook at the step that is at work. */
export async function revealNotebook(recipe: vscode.Uri, kernel: Kernel | null): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(recipe);
  const editor = await vscode.window.showNotebookDocument(notebook);
  const step = kernel?.state.current ?? null;
  const cell = step === null ? undefined : sectionCells(notebook).get(step);
  if (cell !== undefined)
    editor.revealRange(new vscode.NotebookRange(cell.index, cell.index + 1), vscode.NotebookEditorRevealType.AtTop);
}
