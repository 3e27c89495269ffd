import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { explainFailure } from '../../core/run/explainFailure';
import { words } from '../../platform/words';
import type { MadeRow } from './rows';
import { failureIn } from './runItem';
import type { Run } from './runs';

/** What a run left and what is still there: save_total_limit and people delete checkpoints. What failed comes first. */
export async function madeOf({ directory, state, summary }: Run): Promise<readonly MadeRow[]> {
  const failure = failureIn(state);
  const saved = state.steps.train?.checkpoints.toReversed() ?? [];
  const rows: readonly MadeRow[] = [
    ...(failure === null ? [] : [{ kind: 'failure', directory, failure } as const]),
    ...(summary.adapter === null ? [] : [{ kind: 'adapter', directory, path: summary.adapter } as const]),
    ...saved.map((event) => ({ kind: 'checkpoint', directory, path: event.path, trainStep: event.trainStep }) as const),
  ];
  const there = await Promise.all(rows.map((row) => row.kind === 'failure' || isThere(row.path)));
  return rows.filter((_, index) => there[index]);
}

export function madeItem(row: MadeRow): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = idOf(row);
  item.contextValue = row.kind;
  switch (row.kind) {
    case 'checkpoint':
      item.label = path.basename(row.path);
      item.iconPath = new vscode.ThemeIcon('milestone');
      item.tooltip = row.path;
      item.command = reveal(row);
      break;
    case 'adapter':
      item.label = path.basename(row.path);
      item.description = vscode.l10n.t('adapter');
      item.iconPath = new vscode.ThemeIcon('package');
      item.tooltip = row.path;
      item.command = reveal(row);
      break;
    case 'failure':
      explain(item, row.failure);
      item.command = { command: 'tunebook.showRunLog', title: vscode.l10n.t('Show Log'), arguments: [row] };
      break;
    default:
      assertNever(row);
  }
  const kind = row.kind === 'checkpoint' ? vscode.l10n.t('checkpoint') : item.description;
  item.accessibilityInformation = { label: [item.label, kind].filter(Boolean).join(', ') };
  return item;
}

export function idOf(row: MadeRow): string {
  return `${row.directory} ${row.kind} ${row.kind === 'failure' ? '' : row.path}`;
}

function explain(item: vscode.TreeItem, failure: Extract<MadeRow, { kind: 'failure' }>['failure']): void {
  const { title, remedies } = explainFailure(failure);
  item.label = words(title);
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  item.tooltip = [words(title), ...remedies.map((remedy) => `→ ${words(remedy)}`)].join('\n');
}

function reveal(row: MadeRow): vscode.Command {
  return { command: 'tunebook.revealRun', title: vscode.l10n.t('Show in the Explorer'), arguments: [row] };
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
