import * as vscode from 'vscode';
import { baseName, relativeTo } from './files';
import { askHubId, type Choice, pick, separator } from './pick';
import type { Row } from '../../core/data/rows';
import { RequestError } from '../../protocol/channel';

export const DATASET_EXTENSIONS = ['jsonl', 'json', 'csv', 'tsv', 'parquet'] as const;

/** Configuration and locks are JSON too, and never a dataset. */
const EXCLUDE =
  '{**/node_modules/**,**/.*/**,**/out/**,**/adapter/**,**/checkpoint-*/**,**/package*.json,**/tsconfig*.json,**/*config*.json,**/tokenizer*.json,**/special_tokens_map.json,**/*.index.json}';
/** Enough to see which columns there are. */
const ROWS = 20;

export type DatasetChoice =
  | { readonly kind: 'sample' }
  | { readonly kind: 'file'; readonly file: vscode.Uri }
  | { readonly kind: 'hub'; readonly id: string };

/** What shall the model learn from? */
export async function askDataset(title: string, folder: vscode.Uri): Promise<DatasetChoice | undefined> {
  const files = await vscode.workspace.findFiles(
    new vscode.RelativePattern(
      folder,
      `**/*.{${DATASET_EXTENSIONS.flatMap((extension) => [extension, `${extension}.gz`]).join(',')}}`,
    ),
    EXCLUDE,
    50,
  );
  const choices: Choice<'sample' | 'file' | 'hub' | vscode.Uri>[] = [
    {
      label: `$(sparkle) ${vscode.l10n.t('Sample: talk like Yoda')}`,
      detail: vscode.l10n.t(
        'A tiny model and 720 sentences. No GPU and no download of a model needed; takes about two minutes.',
      ),
      value: 'sample',
    },
    ...(files.length === 0 ? [] : [separator(vscode.l10n.t('Datasets in this folder'))]),
    ...files
      .toSorted((a, b) => a.path.localeCompare(b.path))
      .map((file) => ({ label: `$(database) ${baseName(file)}`, description: relativeTo(folder, file), value: file })),
    separator(vscode.l10n.t('Elsewhere')),
    {
      label: `$(folder-opened) ${vscode.l10n.t('Choose a file…')}`,
      description: DATASET_EXTENSIONS.join(', '),
      value: 'file',
    },
    { label: `$(cloud) ${vscode.l10n.t('Dataset of the Hugging Face Hub…')}`, value: 'hub' },
  ];
  const choice = await pick(title, vscode.l10n.t('What shall the model learn from?'), choices);
  if (choice === undefined) return undefined;
  if (choice === 'sample') return { kind: 'sample' };
  if (choice === 'hub') {
    const id = await askHubId(
      title,
      vscode.l10n.t('Name of the dataset on the Hugging Face Hub'),
      'dvgodoy/yoda_sentences',
    );
    return id === undefined ? undefined : { kind: 'hub', id };
  }
  const file = choice === 'file' ? await chooseFile(title) : choice;
  return file === undefined ? undefined : { kind: 'file', file };
}

/** The first rows of a file; none where they can't be read here: then the person is asked. */
export async function readFirstRows(file: vscode.Uri): Promise<readonly Row[]> {
  if (file.scheme !== 'file') return [];
  const { firstRows } = await import('../../engine/data/firstRows');
  try {
    return await firstRows(file.fsPath, ROWS);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    void vscode.window.showWarningMessage(vscode.l10n.t(error.words.text, ...error.words.args));
    return [];
  }
}

async function chooseFile(title: string): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    canSelectMany: false,
    filters: { [vscode.l10n.t('Datasets')]: [...DATASET_EXTENSIONS, 'gz'] },
  });
  return chosen?.[0];
}
