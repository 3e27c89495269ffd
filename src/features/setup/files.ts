import * as vscode from 'vscode';

/** The first of name, name-2, name-3, … that `folder` doesn't have yet. */
export async function freeName(folder: vscode.Uri, name: string, extension = ''): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const uri = vscode.Uri.joinPath(folder, `${name}${number === 1 ? '' : `-${number}`}${extension}`);
    if (!(await exists(uri))) return uri;
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** As a recipe beside it names the file: "./data/rows.jsonl"; absolute where no relative path leads there. */
export function relativeTo(folder: vscode.Uri, file: vscode.Uri): string {
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return file.path.startsWith(base) ? `./${file.path.slice(base.length)}` : file.fsPath;
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
