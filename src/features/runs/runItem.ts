import * as vscode from 'vscode';
import type { Amounts } from '../../core/model/amounts';
import { lossText } from '../../core/run/runWords';
import { descriptionOf, durationOf, figuresOf, iconOf, labelOf, nameOf, statusWords } from './runLabel';
import type { RunRow } from './rows';
import type { Run } from './runs';

/** A run in the tree: what it looks like, what is read of it, which commands its menu has. */
export function runItem(row: RunRow, run: Run, amounts: Amounts): vscode.TreeItem {
  const label = labelOf(run);
  const item = new vscode.TreeItem(
    label,
    leftSomething(run) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = run.directory;
  item.description = descriptionOf(run);
  item.iconPath = iconOf(run);
  item.tooltip = tooltip(run, amounts);
  item.contextValue = contextOf(run);
  item.accessibilityInformation = { label: [label, statusWords(run), ...figuresOf(run)].join(', ') };
  item.command = { command: 'tunebook.openRun', title: vscode.l10n.t('Show the curves'), arguments: [row] };
  return item;
}

export function leftSomething({ summary, state }: Run): boolean {
  return summary.checkpoints.length > 0 || summary.adapter !== null || failureIn(state) !== null;
}

export function failureIn(state: Run['state']) {
  const failures = Object.values(state.steps).flatMap(({ failure }) => failure ?? []);
  return failures.find(({ kind }) => kind !== 'interrupted') ?? null;
}

/** For the menus: which of them make sense. */
function contextOf({ summary, alive, recipeFile }: Run): string {
  const facts = [
    'run',
    summary.status,
    alive ? 'alive' : 'ended',
    summary.checkpoints.length > 0 && recipeFile !== null ? 'resumable' : '',
    recipeFile === null ? '' : 'hasRecipe',
    summary.adapter === null ? '' : 'hasAdapter',
  ];
  return facts.filter(Boolean).join('.');
}

function tooltip(run: Run, amounts: Amounts): string {
  const { summary, state, recipeFile, startedAt, trouble, directory, name } = run;
  const { evalLoss, checkpoints, adapter } = summary;
  const { device } = state;
  const duration = durationOf(run);
  const trainable = state.steps.lora?.trainable;
  const peak = state.steps.train?.trainFinished?.peakMemoryBytes;
  const lines = [
    `${nameOf(run)}: ${statusWords(run)}`,
    trouble,
    startedAt === null ? null : vscode.l10n.t('Started: {0}', dateText(startedAt)),
    duration === null ? null : vscode.l10n.t('Duration: {0}', duration),
    ...figuresOf(run),
    evalLoss === null ? null : vscode.l10n.t('Loss on the eval rows: {0}', lossText(evalLoss)),
    trainable == null ? null : vscode.l10n.t('{0} trainable parameters', amounts.count(trainable.trainable)),
    device === null ? null : vscode.l10n.t('On: {0}', device.name),
    peak === undefined ? null : vscode.l10n.t('Peak memory: {0}', amounts.bytes(peak)),
    checkpoints.length === 0 ? null : vscode.l10n.t('Checkpoints: {0}', checkpoints.length),
    adapter === null ? null : vscode.l10n.t('Adapter: {0}', adapter),
    recipeFile === null ? null : vscode.l10n.t('Recipe: {0}', recipeFile),
    name === null ? null : vscode.l10n.t('Run: {0}', run.id),
    directory,
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function dateText(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toLocaleString(vscode.env.language.toLowerCase(), {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}
