// One file, open as text and as a notebook at once: each form has its own marks and its own fixes.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cellOf, openNotebook, positionOf, replaced, revertAndCloseAll, until, writeRecipe } from '../support';

const WRONG = 'lora_alpha: 1000';

function marksOf({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ message }) => message.startsWith('lora_alpha / r is'));
}

async function replaceIn(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const start = positionOf(document, from);
  edit.replace(document.uri, new vscode.Range(start, start.translate(0, from.length)), to);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

async function openBoth(
  name: string,
): Promise<{ text: vscode.TextDocument; notebook: vscode.NotebookDocument; cell: vscode.TextDocument }> {
  const uri = await writeRecipe(name, (recipe) => replaced(recipe, 'lora_alpha: 16', WRONG));
  const notebook = await openNotebook(uri);
  const text = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(text, { preview: false });
  return { text, notebook, cell: cellOf(notebook, 'lora').document };
}

suite('a recipe that is open as text and as a notebook', () => {
  teardown(revertAndCloseAll);

  test('is marked in both forms, and a change of one leaves the other’s marks', async () => {
    const { text, cell } = await openBoth('both-marked.tune.yaml');
    await until('a mark in each form', () => marksOf(text).length === 1 && marksOf(cell).length === 1);
    await replaceIn(cell, WRONG, 'lora_alpha: 16');
    await until('no mark in the cell', () => marksOf(cell).length === 0);
    const [mark] = marksOf(text);
    assert.ok(mark, 'the text lost its mark');
    assert.equal(text.getText(mark.range), '1000');
  });

  test('a fix in the text changes the text', async () => {
    const { text, cell } = await openBoth('both-fixed.tune.yaml');
    const mark = await until('a mark in the text', () => marksOf(text)[0]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      text.uri,
      mark.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ title }) => title.includes('lora_alpha'));
    assert.ok(fix?.edit, `a fix in: ${actions.map(({ title }) => title).join(', ')}`);
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    assert.ok(!text.getText().includes(WRONG));
    assert.ok(cell.getText().includes(WRONG), 'the notebook was changed instead');
    await until('no mark in the text', () => marksOf(text).length === 0);
    assert.equal(marksOf(cell).length, 1);
  });

  test('saving the notebook has the text read anew and marked anew', async () => {
    const { text, notebook, cell } = await openBoth('both-saved.tune.yaml');
    await until('a mark in each form', () => marksOf(text).length === 1 && marksOf(cell).length === 1);
    await replaceIn(cell, WRONG, 'lora_alpha: 16');
    assert.equal(await notebook.save(), true);
    await until('the text as saved', () => text.getText().includes('lora_alpha: 16'));
    await until('no mark in either form', () => marksOf(text).length === 0 && marksOf(cell).length === 0);
  });
});
