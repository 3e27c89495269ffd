import * as vscode from 'vscode';
import type { StepName } from '../../protocol/trainer';
import { sectionCells } from '../recipeCells';

/**
 * Scrolls along with a run: to the cell of `step` if the cell of `previous` is in view. Who has scrolled elsewhere is left
 * there. (The editor draws the output of a cell only once it comes into view.)
 */
export function followRun(notebook: vscode.NotebookDocument, previous: StepName, step: StepName): void {
  const cells = sectionCells(notebook);
  const from = cells.get(previous)?.index;
  const to = cells.get(step)?.index;
  if (from === undefined || to === undefined) return;
  for (const editor of vscode.window.visibleNotebookEditors) {
    const inView = editor.visibleRanges.some(({ start, end }) => start <= from && from < end);
    if (editor.notebook === notebook && inView)
      editor.revealRange(new vscode.NotebookRange(to, to + 1), vscode.NotebookEditorRevealType.AtTop);
  }
}
