import * as path from 'node:path';
import * as vscode from 'vscode';

/** A file by the name that a recipe has for it: relative ones start in the recipe's folder. */
export function fileOf(recipe: vscode.Uri, name: string): vscode.Uri {
  return path.isAbsolute(name)
    ? recipe.with({ path: vscode.Uri.file(name).path })
    : vscode.Uri.joinPath(recipe, '..', name);
}
