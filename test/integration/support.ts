import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { OutputOf, StepOutput } from '../../src/protocol/outputs';
import { STEP_OUTPUT_MIME } from '../../src/protocol/outputs';
import type { StepName } from '../../src/protocol/trainer';

export const EXTENSION = 'tunebook.tunebook';
export const RECIPE = 'yoda.tune.yaml';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension<unknown>(EXTENSION);
  assert.ok(found, `${EXTENSION} is not installed`);
  return found;
}

/** Waits for something that the editor does in its own time. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Exclude<NonNullable<T>, false>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    // SAFETY: null, undefined and false are what the condition leaves out.
    if (value !== null && value !== undefined && value !== false) return value as Exclude<NonNullable<T>, false>;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await pause(50);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function workspaceFile(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.file(path.join(folder.uri.fsPath, name));
}

export async function bytesOf(uri: vscode.Uri): Promise<Buffer> {
  return readFile(uri.fsPath);
}

/** A recipe of its own for a test: the sample's, changed by `change`. */
export async function writeRecipe(
  name: string,
  change: (text: string) => string = (text) => text,
): Promise<vscode.Uri> {
  const uri = workspaceFile(name);
  await writeFile(uri.fsPath, change(await readFile(workspaceFile(RECIPE).fsPath, 'utf8')));
  return uri;
}

/** Replaces text that must be there: a test that changes nothing would prove nothing. */
export function replaced(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), `the sample has no ${JSON.stringify(from)}`);
  return text.replace(from, to);
}

export async function openNotebook(uri: vscode.Uri): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

export function cellOf(notebook: vscode.NotebookDocument, step: StepName): vscode.NotebookCell {
  const cell = notebook.getCells().find(({ document }) => document.languageId === `tune-${step}`);
  assert.ok(cell, `no cell for ${step}`);
  return cell;
}

export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  assert.notEqual(index, -1, `${JSON.stringify(text)} is not in ${document.uri.toString()}`);
  return document.positionAt(index + offset);
}

export async function replaceIn(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = positionOf(document, from);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, positionOf(document, from, from.length)), to);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

export async function runCell(cell: vscode.NotebookCell): Promise<void> {
  const ranges = [{ start: cell.index, end: cell.index + 1 }];
  await vscode.commands.executeCommand('notebook.cell.execute', { ranges, document: cell.notebook.uri });
}

/** What the cell shows of its step, or null. */
export function shown<S extends StepName>(notebook: vscode.NotebookDocument, step: S): OutputOf<S> | null {
  for (const output of cellOf(notebook, step).outputs) {
    const item = output.items.find(({ mime }) => mime === STEP_OUTPUT_MIME);
    if (item === undefined) continue;
    // SAFETY: items of this MIME type are made by the extension under test from a StepOutput; the step is asserted.
    const picture = JSON.parse(new TextDecoder().decode(item.data)) as StepOutput;
    assert.equal(picture.step, step);
    return picture as OutputOf<S>; // SAFETY: as asserted in the line above
  }
  return null;
}

/** Waits until the cell's step has ended in one way or another. */
export function ended<S extends StepName>(
  notebook: vscode.NotebookDocument,
  step: S,
  timeoutMs = 120_000,
): Promise<OutputOf<S>> {
  return until(
    `the end of ${step}`,
    () => {
      const output = shown(notebook, step);
      return output !== null && !['queued', 'running'].includes(output.status) ? output : null;
    },
    timeoutMs,
  );
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Closes the editors without a question about what was changed. */
export async function revertAndCloseAll(): Promise<void> {
  for (const { uri } of vscode.workspace.notebookDocuments.filter((notebook) => notebook.isDirty)) {
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(uri));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await closeAll();
}

export async function hoversAt(document: vscode.TextDocument, at: vscode.Position): Promise<readonly vscode.Hover[]> {
  return vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
}

export async function hoverText(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  return (await hoversAt(document, at))
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}
