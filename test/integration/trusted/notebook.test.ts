import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { STEPS } from '../../../src/protocol/trainer';
import {
  bytesOf,
  cellOf,
  openNotebook,
  RECIPE,
  replaced,
  replaceIn,
  revertAndCloseAll,
  workspaceFile,
  writeRecipe,
} from '../support';

/** Saves although nothing is different: makes the notebook dirty and takes the change back. */
async function saveUnchanged(notebook: vscode.NotebookDocument): Promise<void> {
  const { document } = cellOf(notebook, 'train');
  await replaceIn(document, 'learning_rate', 'Learning_rate');
  await replaceIn(document, 'Learning_rate', 'learning_rate');
  assert.equal(notebook.isDirty, true);
  assert.equal(await notebook.save(), true);
}

suite('a recipe as a notebook', () => {
  teardown(revertAndCloseAll);

  test('sections are cells in their own languages, in order', async () => {
    const notebook = await openNotebook(workspaceFile(RECIPE));
    assert.equal(notebook.notebookType, 'tunebook-recipe');
    const code = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
    assert.deepEqual(
      code.map(({ document }) => document.languageId),
      STEPS.map((step) => `tune-${step}`),
    );
  });

  test('comments between sections are Markdown cells without their marks', async () => {
    const notebook = await openNotebook(workspaceFile(RECIPE));
    const prose = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Markup);
    assert.ok(prose[0]?.document.getText().startsWith('# Teach a model to talk like Yoda'));
    assert.ok(prose.some(({ document }) => document.getText().startsWith('**The adapter.**')));
  });

  test('opening changes nothing', async () => {
    const uri = workspaceFile(RECIPE);
    const before = await bytesOf(uri);
    const notebook = await openNotebook(uri);
    assert.equal(notebook.isDirty, false);
    assert.deepEqual(await bytesOf(uri), before);
  });

  const shapes: readonly [string, (text: string) => string][] = [
    ['as shipped', (text) => text],
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['without a last line end', (text) => text.trimEnd()],
    ['with blank lines and odd comments', (text) => `\n\n#no space\n\n${text}\n\n#   last words   \n\n`],
  ];
  for (const [name, change] of shapes)
    test(`saving an unchanged notebook gives the same bytes: ${name}`, async () => {
      const uri = await writeRecipe('shape.tune.yaml', change);
      const before = await bytesOf(uri);
      await saveUnchanged(await openNotebook(uri));
      assert.deepEqual(await bytesOf(uri), before);
    });

  test('editing one cell changes that text alone', async () => {
    const uri = await writeRecipe('edited.tune.yaml');
    const before = (await bytesOf(uri)).toString();
    const notebook = await openNotebook(uri);
    await replaceIn(cellOf(notebook, 'train').document, 'learning_rate: 2.0e-3', 'learning_rate: 1.0e-3');
    assert.equal(await notebook.save(), true);
    assert.equal((await bytesOf(uri)).toString(), replaced(before, 'learning_rate: 2.0e-3', 'learning_rate: 1.0e-3'));
  });

  test('editing prose changes that comment alone', async () => {
    const uri = await writeRecipe('prose.tune.yaml');
    const before = (await bytesOf(uri)).toString();
    const notebook = await openNotebook(uri);
    const cell = notebook.getCells().find(({ document }) => document.getText().startsWith('**The data.**'));
    assert.ok(cell);
    await replaceIn(cell.document, 'plain English', 'everyday English');
    assert.equal(await notebook.save(), true);
    assert.equal((await bytesOf(uri)).toString(), replaced(before, 'in plain English and', 'in everyday English and'));
  });

  test('a section can be removed and the rest stays', async () => {
    const uri = await writeRecipe('shorter.tune.yaml');
    const notebook = await openNotebook(uri);
    const { index } = cellOf(notebook, 'generate');
    const edit = new vscode.WorkspaceEdit();
    edit.set(uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(index, index + 1))]);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(await notebook.save(), true);
    const text = (await bytesOf(uri)).toString();
    assert.ok(!text.includes('\ngenerate:'));
    for (const kept of ['\nmodel:', '\nlora:', '\ndata:', '\ntokenizer:', '\ntrain:', '\nsave:'])
      assert.ok(text.includes(kept), kept);
  });

  test('an empty file opens and can be filled', async () => {
    const uri = workspaceFile('empty.tune.yaml');
    await writeFile(uri.fsPath, '');
    const notebook = await openNotebook(uri);
    const edit = new vscode.WorkspaceEdit();
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      'model:\n  model_name_or_path: ./base',
      'tune-model',
    );
    edit.set(uri, [vscode.NotebookEdit.replaceCells(new vscode.NotebookRange(0, notebook.cellCount), [cell])]);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    assert.equal(await notebook.save(), true);
    assert.match((await bytesOf(uri)).toString(), /^model:\n {2}model_name_or_path: \.\/base\n?$/);
  });
});
