import * as vscode from 'vscode';
import type { Machine } from '../core/recipe/check';
import { type Examination, examineRecipe as examine } from '../core/recipe/examine';
import { fileOf } from './recipeFile';

/** All that can be said about a recipe before it runs. `machine`: what it will run on, once a trainer has told. */
export function examineRecipe(uri: vscode.Uri, text: string, machine: Machine | null): Promise<Examination> {
  const { fs } = vscode.workspace;
  return examine(text, {
    file: uri.fsPath,
    machine,
    files: {
      exists: async (name) =>
        fs.stat(fileOf(uri, name)).then(
          () => true,
          () => false,
        ),
      readText: async (name) =>
        fs.readFile(fileOf(uri, name)).then(
          (bytes) => new TextDecoder().decode(bytes),
          () => null,
        ),
    },
  });
}
