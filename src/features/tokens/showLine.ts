import * as vscode from 'vscode';
import { message } from '../../common/message';
import { RequestError } from '../../protocol/channel';
import type { TokenView } from '../../protocol/tokenView';
import { columnOf } from '../openRecipe';
import type { TemplateDocuments } from './templateDocuments';

export interface LineToShow {
  /** From 1. */
  readonly line: number;
  readonly focus: boolean;
  readonly recipe: vscode.Uri;
  /** Where the token view is: the line comes beside it. */
  readonly besides: vscode.ViewColumn | undefined;
}

/** Opens the dataset at a row. */
export async function showRow({ datasetFile }: TokenView, to: LineToShow): Promise<void> {
  if (datasetFile === null) throw new RequestError(message('The dataset is no file on this machine.'));
  if (/\.(gz|parquet)$/i.test(datasetFile))
    throw new RequestError(message('{0} is no text that the editor could show lines of.', datasetFile));
  await show(vscode.Uri.file(datasetFile), to);
}

/** Opens the chat template at a line: its file, or a document that can only be read where it has none of its own. */
export async function showTemplate(
  { tokenizer }: TokenView,
  { documents, recipeName }: { readonly documents: TemplateDocuments; readonly recipeName: string },
  to: LineToShow,
): Promise<void> {
  const { chatTemplate, chatTemplateFile } = tokenizer;
  const isWhole = chatTemplateFile !== null && !/\.json$/i.test(chatTemplateFile);
  await show(isWhole ? vscode.Uri.file(chatTemplateFile) : documents.put(to.recipe, recipeName, chatTemplate), to);
}

/** By the editor's own command: the API's documents end at 50 MB. */
async function show(uri: vscode.Uri, { line, focus, recipe, besides }: LineToShow): Promise<void> {
  const other = besides === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  const recipeColumn = columnOf(recipe);
  const start = new vscode.Position(line - 1, 0);
  await vscode.commands.executeCommand('vscode.open', uri, {
    viewColumn: recipeColumn === null || recipeColumn === besides ? other : recipeColumn,
    preserveFocus: !focus,
    preview: true,
    // the whole line, so that it is seen at once
    selection: new vscode.Range(start, start.translate(1)),
  } satisfies vscode.TextDocumentShowOptions);
}
