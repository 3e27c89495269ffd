import * as vscode from 'vscode';
import { stepOf } from '../cellLanguages';
import { isRecipeNotebook } from '../recipeCells';
import type { ModelLines } from './lines';

/** Under the model and the lora cell of a recipe that is open as a notebook. */
export class ModelCellStatus implements vscode.NotebookCellStatusBarItemProvider {
  readonly onDidChangeCellStatusBarItems: vscode.Event<void>;
  readonly #lines: ModelLines;

  constructor(lines: ModelLines, onDidChange: vscode.Event<void>) {
    this.#lines = lines;
    this.onDidChangeCellStatusBarItems = onDidChange;
  }

  async provideCellStatusBarItems({
    kind,
    document,
    notebook,
  }: vscode.NotebookCell): Promise<vscode.NotebookCellStatusBarItem[]> {
    const step = stepOf(document.getText());
    if (kind !== vscode.NotebookCellKind.Code || !isRecipeNotebook(notebook)) return [];
    if (step !== 'model' && step !== 'lora') return [];
    const line = await this.#lines.of(notebook.uri, step);
    if (line === null) return [];
    const item = new vscode.NotebookCellStatusBarItem(line.text, vscode.NotebookCellStatusBarAlignment.Left);
    item.tooltip = line.tooltip;
    item.priority = -1; // after what the cell does
    item.command = { command: line.command, title: line.text, arguments: [notebook.uri] };
    item.accessibilityInformation = { label: line.text.replace(/^\$\([\w-]+\) /, ''), role: 'button' };
    return [item];
  }
}
