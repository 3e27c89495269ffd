import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from './cellLanguages';
import { isRecipeNotebook } from './recipeCells';

/** A recipe in the form in which a person has it open. */
export type OpenRecipe =
  | { readonly kind: 'notebook'; readonly notebook: vscode.NotebookDocument }
  | { readonly kind: 'text'; readonly document: vscode.TextDocument };

/** The recipe as it is open; one that isn't is opened as a notebook, or as text where that is refused. */
export async function openRecipe(uri: vscode.Uri): Promise<OpenRecipe> {
  const same = (candidate: { readonly uri: vscode.Uri }): boolean => candidate.uri.toString() === uri.toString();
  const notebook = vscode.workspace.notebookDocuments.filter(isRecipeNotebook).find(same);
  if (notebook !== undefined) return { kind: 'notebook', notebook };
  const document = vscode.workspace.textDocuments.find(same);
  if (document !== undefined) return { kind: 'text', document };
  await vscode.commands.executeCommand('vscode.openWith', uri, NOTEBOOK_TYPE, columnOf(uri) ?? vscode.ViewColumn.One);
  const opened = vscode.workspace.notebookDocuments.filter(isRecipeNotebook).find(same);
  return opened === undefined
    ? { kind: 'text', document: await vscode.workspace.openTextDocument(uri) }
    : { kind: 'notebook', notebook: opened };
}

/** The group that has it in a tab. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn | null {
  const holds = ({ input }: vscode.Tab): boolean =>
    (input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputText) &&
    input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(holds))?.viewColumn ?? null;
}
