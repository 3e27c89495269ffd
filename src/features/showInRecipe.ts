import * as vscode from 'vscode';
import { RecipeSource } from '../core/recipe/source';
import { notebookSource, textSource } from './recipeSource';
import { columnOf, openRecipe } from './openRecipe';

/** Goes to a key of the recipe, or to the nearest thing around it that is written. */
export async function showInRecipe(recipe: vscode.Uri, path: readonly string[]): Promise<void> {
  const open = await openRecipe(recipe);
  const source = open.kind === 'notebook' ? notebookSource(open.notebook) : textSource(open.document);
  const written = new RecipeSource(source.text);
  const place = source.placeOf(written.place(written.nearestRange(path)));
  const viewColumn = columnOf(recipe) ?? vscode.ViewColumn.One;
  if (open.kind === 'text') {
    await vscode.window.showTextDocument(open.document, { viewColumn, ...(place && { selection: place.range }) });
    return;
  }
  const editor = await vscode.window.showNotebookDocument(open.notebook, { viewColumn });
  const cell = open.notebook.getCells().find(({ document }) => document === place?.document);
  if (place === null || cell === undefined) return;
  const range = new vscode.NotebookRange(cell.index, cell.index + 1);
  editor.selection = range;
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  await vscode.window.showTextDocument(place.document, { selection: place.range });
}
