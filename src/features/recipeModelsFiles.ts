import * as path from 'node:path';
import * as vscode from 'vscode';
import { looksLocal } from '../core/recipe/recipePaths';
import type { ModelRead } from '../protocol/model';
import type { ResolvedRecipe } from '../protocol/trainer';

/** config.json, the index of the shards, the shards. */
const MODEL_FILE = /^config\.json$|\.safetensors(\.index\.json)?$/;
/** A download writes for minutes: the model is read again once it is quiet. */
const QUIET_MS = 500;

/** The folder that a model was read from, or will be once it is there. What the Hub has doesn't change by itself. */
export function folderToWatch({ baseDirectory, sections }: ResolvedRecipe, read: ModelRead): string | null {
  if (read.kind === 'structure') return read.source.kind === 'folder' ? read.source.place : null;
  const name = sections.model['model_name_or_path'];
  return typeof name === 'string' && looksLocal(name) ? path.resolve(baseDirectory, name) : null;
}

/** Tells when a file that a model's structure is read from changes in this folder. */
export function watchModelFolder(folder: string, onChange: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), '*'));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (uri: vscode.Uri): void => {
    if (!MODEL_FILE.test(path.basename(uri.fsPath))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(look),
    watcher.onDidCreate(look),
    watcher.onDidDelete(look),
    { dispose: () => clearTimeout(timer) },
  );
}
