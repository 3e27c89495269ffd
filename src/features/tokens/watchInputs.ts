import * as path from 'node:path';
import * as vscode from 'vscode';
import { isTemplateFile, looksLocal } from '../../core/recipe/recipePaths';
import type { ResolvedRecipe } from '../../protocol/trainer';

/** What tokenizers, templates and vocabulary sizes are read from, in a model's folder. */
const TOKENIZER_FILE =
  /^(tokenizer|tokenizer_config|special_tokens_map|added_tokens|config|generation_config)\.json$|\.jinja$/;

interface Watched {
  readonly folder: string;
  readonly takes: (name: string) => boolean;
}

/** Tells when a file that the recipe's tokens are made from changes on the disk. What is on the Hub doesn't change. */
export function watchInputs(recipe: ResolvedRecipe, onChange: () => void): vscode.Disposable {
  return vscode.Disposable.from(...inputsOf(recipe).map((watched) => watch(watched, onChange)));
}

function watch({ folder, takes }: Watched, onChange: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), '*'));
  const look = (uri: vscode.Uri): void => {
    if (takes(path.basename(uri.fsPath))) onChange();
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(look),
    watcher.onDidCreate(look),
    watcher.onDidDelete(look),
  );
}

function inputsOf({ baseDirectory, recipeFile, sections }: ResolvedRecipe): Watched[] {
  const folderOf = (name: unknown): string | null =>
    typeof name === 'string' && looksLocal(name) ? path.resolve(baseDirectory, name) : null;
  const file = (name: unknown): Watched[] => {
    if (typeof name !== 'string') return [];
    const { dir, base } = path.parse(path.resolve(baseDirectory, name));
    return [{ folder: dir, takes: (changed) => changed === base }];
  };
  const tokenizers = [sections.model['model_name_or_path'], sections.tokenizer['tokenizer_name_or_path']].flatMap(
    (name): Watched[] => {
      const folder = folderOf(name);
      return folder === null ? [] : [{ folder, takes: (changed) => TOKENIZER_FILE.test(changed) }];
    },
  );
  const template = sections.tokenizer['chat_template'];
  return [
    ...tokenizers,
    ...file(recipeFile),
    ...file(sections.data['path']),
    ...(typeof template === 'string' && isTemplateFile(template) ? file(template) : []),
  ];
}
