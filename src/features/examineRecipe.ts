import * as vscode from 'vscode';
import type { Machine } from '../core/recipe/check';
import { fullRecipe } from '../core/recipe/resolve';
import type { FullRecipe } from '../core/recipe/schema/recipe';
import { type Examination, examineRecipe as examine } from '../core/recipe/examine';
import type { ModelRead } from '../protocol/model';
import { fileOf } from './recipeFile';

/** What is known beside a recipe's text. */
export interface RecipeFacts {
  /** What it will run on, once a trainer has told. */
  machineOf(recipe: vscode.Uri): Machine | null;
  /** What the files of this model tell; null where they weren't read. */
  readOf(recipe: vscode.Uri, model: FullRecipe['model']): ModelRead | null;
}

/** All that can be said about a recipe before it runs. */
export function examineRecipe(uri: vscode.Uri, text: string, facts: RecipeFacts): Promise<Examination> {
  const { fs } = vscode.workspace;
  return examine(text, {
    file: uri.fsPath,
    machine: facts.machineOf(uri),
    modelOf: async (recipe) => facts.readOf(uri, fullRecipe(recipe).model),
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
