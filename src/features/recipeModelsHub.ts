import * as vscode from 'vscode';
import type { ModelRead, ModelTroubleKind } from '../protocol/model';

/** What another look at the Hub may mend: the model is there now, or the way to it, or the right to read it. */
const MAY_MEND: ReadonlySet<ModelTroubleKind> = new Set(['offline', 'notFound', 'gated', 'unknown']);

/** A stranger's recipe must not make this machine call anybody, nor a file that a search only looked into. */
export function mayAskHub(recipe: vscode.Uri): boolean {
  return vscode.workspace.isTrusted && isInTab(recipe);
}

export function hubMayHelp(read: ModelRead | null): boolean {
  return read?.kind === 'trouble' && MAY_MEND.has(read.trouble.kind);
}

function isInTab(recipe: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ input }) =>
        (input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputText) &&
        input.uri.toString() === recipe.toString(),
    );
}
