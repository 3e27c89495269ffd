import * as vscode from 'vscode';
import { modelTypeOf } from '../../core/model/modelType';
import { baseName, exists, relativeTo } from './files';
import { askHubId, type Choice, pick, separator } from './pick';

export type ModelChoice =
  | { readonly kind: 'sample' }
  | { readonly kind: 'folder'; readonly folder: vscode.Uri; readonly modelType: string | null }
  | { readonly kind: 'hub'; readonly id: string };

/** Which model shall learn? */
export async function askModel(title: string, folder: vscode.Uri): Promise<ModelChoice | undefined> {
  const local = await localModels(folder);
  const choices: Choice<'sample' | 'folder' | 'hub' | LocalModel>[] = [
    ...local.map((model) => ({
      label: `$(package) ${baseName(model.folder)}`,
      description: model.modelType,
      detail: relativeTo(folder, model.folder),
      value: model,
    })),
    {
      label: `$(sparkle) ${vscode.l10n.t('The tiny model of the sample')}`,
      detail: vscode.l10n.t('To try things out without a GPU. It knows only simple English sentences.'),
      value: 'sample',
    },
    separator(vscode.l10n.t('Elsewhere')),
    {
      label: `$(folder-opened) ${vscode.l10n.t('Choose a model folder…')}`,
      detail: vscode.l10n.t('A folder with config.json and .safetensors files'),
      value: 'folder',
    },
    {
      label: `$(cloud) ${vscode.l10n.t('Model of the Hugging Face Hub…')}`,
      detail: vscode.l10n.t('Downloaded when the Model cell runs'),
      value: 'hub',
    },
  ];
  const choice = await pick(title, vscode.l10n.t('Which model shall learn?'), choices);
  if (choice === undefined) return undefined;
  if (choice === 'sample') return { kind: 'sample' };
  if (choice === 'hub') {
    const id = await askHubId(
      title,
      vscode.l10n.t('Name of the model on the Hugging Face Hub'),
      'microsoft/Phi-3-mini-4k-instruct',
    );
    return id === undefined ? undefined : { kind: 'hub', id };
  }
  if (choice === 'folder') return chooseFolder(title);
  return { kind: 'folder', ...choice };
}

/** Loads the weights in 4 bits? */
export async function askQuantised(title: string): Promise<boolean | undefined> {
  return pick(title, vscode.l10n.t('How shall the weights be loaded?'), [
    {
      label: vscode.l10n.t('In 4 bits (QLoRA)'),
      detail: vscode.l10n.t('About a quarter of the memory, somewhat slower. NF4 with double quantisation.'),
      value: true,
    },
    {
      label: vscode.l10n.t('As they are (LoRA)'),
      detail: vscode.l10n.t('Faster, where the memory is enough. For small models, or without an NVIDIA GPU.'),
      value: false,
    },
  ]);
}

interface LocalModel {
  readonly folder: vscode.Uri;
  readonly modelType: string;
}

async function localModels(folder: vscode.Uri): Promise<readonly LocalModel[]> {
  const configs = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/config.json'),
    '{**/node_modules/**,**/.*/**,**/checkpoint-*/**}',
    50,
  );
  const models = await Promise.all(
    configs.map(async (config) => {
      const parent = vscode.Uri.joinPath(config, '..');
      const modelType = await readModelType(parent);
      return modelType === null ? [] : [{ folder: parent, modelType }];
    }),
  );
  return models.flat();
}

async function chooseFolder(title: string): Promise<ModelChoice | undefined> {
  const [folder] = (await vscode.window.showOpenDialog({ title, canSelectFiles: false, canSelectFolders: true })) ?? [];
  if (folder === undefined) return undefined;
  if (!(await exists(vscode.Uri.joinPath(folder, 'config.json')))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} has no config.json, so it is no model folder. Choose the folder that has one.', folder.fsPath),
    );
    return undefined;
  }
  return { kind: 'folder', folder, modelType: await readModelType(folder) };
}

async function readModelType(folder: vscode.Uri): Promise<string | null> {
  const config = vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'config.json'));
  return modelTypeOf(
    await config.then(
      (bytes) => new TextDecoder().decode(bytes),
      () => null,
    ),
  );
}
