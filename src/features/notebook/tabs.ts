import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../cellLanguages';

/** Whether a tab shows (or tries to show) a recipe as a notebook. */
export function isRecipeTab(input: unknown): input is vscode.TabInputNotebook {
  return input instanceof vscode.TabInputNotebook && input.notebookType === NOTEBOOK_TYPE;
}
