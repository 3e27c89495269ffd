import * as vscode from 'vscode';
import { newRecipe } from '../../core/recipe/template';
import { NOTEBOOK_TYPE } from '../cellLanguages';
import { askColumns, type ColumnsAnswer } from './askColumns';
import { askDataset, type DatasetChoice, readFirstRows } from './askDataset';
import { askModel, askQuantised, type ModelChoice } from './askModel';
import { baseName, freeName, relativeTo } from './files';
import type { Row } from '../../core/data/rows';
import { Sample } from './sample';

/** "Fine-tune: Start": from a folder to a recipe that can run, in a few questions. */
export async function start(extensionUri: vscode.Uri): Promise<void> {
  const folder = await targetFolder();
  if (folder === undefined) return;
  const sample = new Sample(extensionUri);
  const recipe = await makeRecipe(folder, sample);
  if (recipe !== undefined) await vscode.commands.executeCommand('vscode.openWith', recipe, NOTEBOOK_TYPE);
}

async function makeRecipe(folder: vscode.Uri, sample: Sample): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Fine-tune: Start');
  const dataset = await askDataset(title, folder);
  if (dataset === undefined) return undefined;
  if (dataset.kind === 'sample') return sample.copyTo(folder);
  const rows = dataset.kind === 'file' ? await readFirstRows(dataset.file) : [];
  const columns = await askColumns(title, rows);
  if (columns === undefined) return undefined;
  const model = await askModel(title, folder);
  if (model === undefined) return undefined;
  const quantised = await askQuantised(title);
  if (quantised === undefined) return undefined;

  const recipe = await freeName(folder, nameOf(dataset), '.tune.yaml');
  const prompts = examplePrompts(rows, columns);
  const text = newRecipe({
    model: await modelPath(model, folder, sample),
    dataset: dataset.kind === 'file' ? relativeTo(folder, dataset.file) : dataset.id,
    columns,
    quantised,
    ...modelTypeOf(model),
    ...(prompts.length === 0 ? {} : { prompts }),
  });
  await vscode.workspace.fs.writeFile(recipe, new TextEncoder().encode(text));
  return recipe;
}

/** The workspace's folder; where none is open, one that the person chooses. */
async function targetFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const [only] = folders;
  if (only !== undefined) return only.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Folder for the recipe'),
    openLabel: vscode.l10n.t('Use This Folder'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

async function modelPath(model: ModelChoice, folder: vscode.Uri, sample: Sample): Promise<string> {
  if (model.kind === 'hub') return model.id;
  return relativeTo(folder, model.kind === 'folder' ? model.folder : await sample.copyModelTo(folder));
}

function modelTypeOf(model: ModelChoice): { readonly modelType?: string } {
  if (model.kind === 'sample') return { modelType: 'phi3' };
  return model.kind === 'folder' && model.modelType !== null ? { modelType: model.modelType } : {};
}

function nameOf(dataset: Exclude<DatasetChoice, { kind: 'sample' }>): string {
  const name =
    dataset.kind === 'file'
      ? baseName(dataset.file).replace(/\.\w+(\.gz)?$/, '')
      : dataset.id.slice(dataset.id.lastIndexOf('/') + 1);
  return name.replace(/[^\w.-]+/g, '-') || 'recipe';
}

/** Two questions out of the data, to ask the model before and after. */
function examplePrompts(rows: readonly Row[], columns: ColumnsAnswer): readonly string[] {
  const prompt = columns?.prompt;
  if (prompt === undefined) return [];
  return rows
    .map((row) => row[prompt])
    .filter((value) => typeof value === 'string')
    .filter((value) => value.trim() !== '')
    .slice(0, 2);
}
