import * as vscode from 'vscode';
import type { StepName } from '../../protocol/trainer';
import { sectionCells } from '../recipeCells';

/** The editor tells what is in view with some delay: what was scrolled to within this time counts as in view. */
const SETTLE_MS = 1500;

/**
 * Scrolls along with a run, from the cell of one step to the next, while the former is in view. Who has scrolled elsewhere
 * is left there. (The editor draws the output of a cell only once it comes into view.)
 */
export class Follower {
  #revealed: { readonly step: StepName; readonly at: number } | null = null;

  follow(notebook: vscode.NotebookDocument, previous: StepName, step: StepName): void {
    const cells = sectionCells(notebook);
    const from = cells.get(previous)?.index;
    const to = cells.get(step)?.index;
    if (from === undefined || to === undefined) return;
    const justRevealed = this.#revealed?.step === previous && Date.now() - this.#revealed.at < SETTLE_MS;
    for (const editor of vscode.window.visibleNotebookEditors) {
      if (editor.notebook !== notebook || !(justRevealed || isInView(editor, from))) continue;
      editor.revealRange(new vscode.NotebookRange(to, to + 1), vscode.NotebookEditorRevealType.AtTop);
      this.#revealed = { step, at: Date.now() };
    }
  }
}

function isInView({ visibleRanges }: vscode.NotebookEditor, index: number): boolean {
  return visibleRanges.some(({ start, end }) => start <= index && index < end);
}
