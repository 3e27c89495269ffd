import * as vscode from 'vscode';
import { staleSteps } from '../../core/run/stale';
import { STEPS, type StepName } from '../../protocol/trainer';
import { NOTEBOOK_TYPE, stepOf } from '../cellLanguages';
import { sectionTexts } from '../recipeCells';
import type { Kernels } from './kernels';

/** Under each cell: what its step does, and whether what it shows is still true of the recipe. */
export function registerCellStatusBar(kernels: Kernels): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    kernels.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => {
      if (notebook.notebookType === NOTEBOOK_TYPE) changed.fire();
    }),
    vscode.notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, {
      onDidChangeCellStatusBarItems: changed.event,
      provideCellStatusBarItems: (cell) => items(cell, kernels),
    }),
  );
}

function items(cell: vscode.NotebookCell, kernels: Kernels): vscode.NotebookCellStatusBarItem[] {
  if (cell.kind !== vscode.NotebookCellKind.Code) return [];
  const step = stepOf(cell.document.getText());
  if (step === null) return [];
  const shown = [new vscode.NotebookCellStatusBarItem(explanation(step), vscode.NotebookCellStatusBarAlignment.Left)];
  if (step === 'tokenizer' || step === 'train') shown.push(tokensItem(cell));
  const mark = staleMark(cell, step, kernels);
  if (mark !== null) shown.push(mark);
  return shown;
}

function tokensItem(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem {
  const title = vscode.l10n.t('Show tokens and labels');
  const item = new vscode.NotebookCellStatusBarItem(
    `$(symbol-string) ${title}`,
    vscode.NotebookCellStatusBarAlignment.Left,
  );
  item.tooltip = vscode.l10n.t('Shows what the model is trained on, token by token. Needs no Python.');
  item.command = { command: 'tunebook.showTokens', title, arguments: [cell.notebook.uri] };
  return item;
}

function staleMark(
  cell: vscode.NotebookCell,
  step: StepName,
  kernels: Kernels,
): vscode.NotebookCellStatusBarItem | null {
  const text = staleReason(cell, step, kernels);
  if (text === null) return null;
  const item = new vscode.NotebookCellStatusBarItem(`$(warning) ${text}`, vscode.NotebookCellStatusBarAlignment.Left);
  item.tooltip = vscode.l10n.t('What this cell shows is not what the trainer has now. Run it again.');
  item.command = {
    command: 'notebook.cell.execute',
    title: vscode.l10n.t('Run again'),
    arguments: [{ ranges: [{ start: cell.index, end: cell.index + 1 }], document: cell.notebook.uri }],
  };
  return item;
}

function staleReason(cell: vscode.NotebookCell, step: StepName, kernels: Kernels): string | null {
  const kernel = kernels.get(cell.notebook.uri);
  if (kernel === null) return null;
  const then = kernel.ran[step];
  if (then === undefined) {
    // The trainer was restarted, or a step above ran again and made it forget this one.
    const { status } = kernel.state.steps[step] ?? { status: 'done' };
    return cell.outputs.length > 0 && status === 'done' ? vscode.l10n.t('stale: the trainer no longer has this') : null;
  }
  const now = sectionTexts(cell.notebook);
  if (!staleSteps(kernel.ran, now).has(step)) return null;
  const above = STEPS.slice(0, STEPS.indexOf(step)).find((name) => then[name] !== now[name]);
  return above === undefined
    ? vscode.l10n.t('stale: changed since it ran')
    : vscode.l10n.t('stale: {0} changed above', above);
}

function explanation(step: StepName): string {
  switch (step) {
    case 'model':
      return vscode.l10n.t('Loads the base model');
    case 'lora':
      return vscode.l10n.t('Adds the LoRA layers');
    case 'data':
      return vscode.l10n.t('Reads the dataset');
    case 'tokenizer':
      return vscode.l10n.t('Turns text into tokens');
    case 'train':
      return vscode.l10n.t('Trains the adapter');
    case 'generate':
      return vscode.l10n.t('Compares answers before and after');
    case 'save':
      return vscode.l10n.t('Saves the adapter');
    default:
      return step satisfies never;
  }
}
