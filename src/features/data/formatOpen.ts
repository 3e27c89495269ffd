import * as vscode from 'vscode';

/** A line of the source beside the panel. By the editor's own command: extensions get no documents above 50 MB. */
export async function openLine(
  file: vscode.Uri,
  line: number,
  panelColumn: vscode.ViewColumn | undefined,
): Promise<void> {
  const at = new vscode.Position(line - 1, 0);
  const options: vscode.TextDocumentShowOptions = {
    selection: new vscode.Range(at, at),
    viewColumn: beside(panelColumn),
    preview: true,
  };
  await vscode.commands.executeCommand('vscode.open', file, options);
}

export async function openFile(path: string, panelColumn: vscode.ViewColumn | undefined): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), { viewColumn: beside(panelColumn) });
}

/** The other half of the window if there is one, so that the panel stays in view. */
function beside(panelColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const other = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn !== panelColumn);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
