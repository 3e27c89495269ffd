import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { findingsOf } from '../../core/export/findings';
import { adapterOfRun, exportFolder, type ExportSource } from '../../engine/exportSource';
import { readConfig } from '../../engine/runConfig';
import { readRun } from '../../engine/runHistory';
import type { ExportBase, Exported } from '../../protocol/exporting';
import { isPlainObject } from '../../protocol/shape';
import { words } from '../../platform/words';
import { exportWithProgress } from './exportProgress';
import { reveal } from './reveal';
import type { RunsRow } from './rows';
import { nameOf } from './runLabel';
import type { Run } from './runs';
import type { RunServices } from './services';

/** What the person decides; tests answer in their place. */
export interface ExportChoices {
  base(): Thenable<ExportBase | undefined>;
  /** beside: where it goes by default. */
  folder(beside: string): Thenable<string | undefined>;
  replace(folder: string): Thenable<boolean>;
}

/** Base and adapter of a run, or of the row that was meant, become one model. */
export async function exportRun(
  run: Run,
  row: RunsRow | null,
  { trainerFor, log }: RunServices,
  choices: ExportChoices = byDialogs,
): Promise<void> {
  const source = await sourceOf(run, row);
  if (source === null) {
    const left = vscode.l10n.t('“{0}” has left no adapter, or another run has replaced it.', nameOf(run));
    void vscode.window.showInformationMessage(left);
    return;
  }
  const base = (await isQuantized(run)) ? await choices.base() : 'original';
  if (base === undefined) return;
  const output = await choices.folder(await exportFolder(source));
  if (output === undefined) return;
  const isThere = (await readdir(output).catch((): string[] => [])).length > 0;
  if (isThere && !(await choices.replace(output))) return;
  const trainer = await trainerFor(vscode.Uri.file(run.recipeFile ?? run.directory));
  if (trainer === null) return;
  const { python, trainerSource } = trainer;
  const title = vscode.l10n.t('Exporting “{0}”', nameOf(run));
  const request = { ...source, base, baseModel: null, output, force: isThere };
  const made = await exportWithProgress(title, request, { python, trainerSource, log });
  if (made !== null) void tell(made);
}

async function sourceOf({ directory }: Run, row: RunsRow | null): Promise<ExportSource | null> {
  if (row?.kind === 'checkpoint') return { adapter: row.path, runDirectory: directory };
  const past = await readRun(directory);
  return past === null ? null : adapterOfRun(past);
}

async function isQuantized({ directory }: Run): Promise<boolean> {
  const section = (await readConfig(directory))?.sections.model['quantization_config'];
  return isPlainObject(section) && (section['load_in_4bit'] === true || section['load_in_8bit'] === true);
}

async function tell(made: Exported): Promise<void> {
  const [answers] = findingsOf(made);
  const done = vscode.l10n.t('The merged model is in {0}.', made.directory);
  const [show, details] = [vscode.l10n.t('Show in the Explorer'), vscode.l10n.t('Show What Differs')];
  const text = answers === undefined ? done : `${done} ${words(answers)}.`;
  const choice = await vscode.window.showInformationMessage(text, show, details);
  if (choice === show) await reveal(made.directory);
  if (choice === details)
    await vscode.commands.executeCommand(
      'markdown.showPreview',
      vscode.Uri.file(path.join(made.directory, 'README.md')),
    );
}

const byDialogs: ExportChoices = {
  async base() {
    const items: readonly (vscode.QuickPickItem & { readonly base: ExportBase })[] = [
      {
        base: 'original',
        label: vscode.l10n.t('Into the original weights'),
        detail: vscode.l10n.t('16 bits as they were published; the training saw them rounded to fewer bits.'),
      },
      {
        base: 'dequantised',
        label: vscode.l10n.t('Into the weights that the training saw'),
        detail: vscode.l10n.t('Rounded as in the training, then written in 16 bits: closest to what you have tested.'),
      },
    ];
    const title = vscode.l10n.t('Export: merge the adapter into which weights?');
    return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.base;
  },
  async folder(beside) {
    const other = vscode.l10n.t('Choose Another Folder…');
    const items = [{ label: path.basename(beside), description: path.dirname(beside) }, { label: other }];
    const title = vscode.l10n.t('Export: write the merged model where?');
    const picked = await vscode.window.showQuickPick(items, { title });
    if (picked?.label !== other) return picked && beside;
    const openLabel = vscode.l10n.t('Export Here');
    const [parent] =
      (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel })) ?? [];
    return parent && path.join(parent.fsPath, path.basename(beside));
  },
  async replace(folder) {
    const yes = vscode.l10n.t('Replace');
    const question = vscode.l10n.t('Replace the export in {0}?', folder);
    const detail = vscode.l10n.t('Only what a former export wrote is replaced, once the new one is whole.');
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
  },
};
