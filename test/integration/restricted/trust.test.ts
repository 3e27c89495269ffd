import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  bytesOf,
  cellOf,
  extension,
  hoversAt,
  openNotebook,
  pause,
  positionOf,
  RECIPE,
  replaced,
  replaceIn,
  revertAndCloseAll,
  runCell,
  until,
  workspaceFile,
  writeRecipe,
} from '../support';

suite('in a workspace that is not trusted', () => {
  teardown(revertAndCloseAll);

  test('the editor restricts it, and the extension activates all the same', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  test('a recipe opens as a notebook, can be edited and saved', async () => {
    const uri = await writeRecipe('restricted.tune.yaml');
    const before = (await bytesOf(uri)).toString();
    const notebook = await openNotebook(uri);
    await replaceIn(cellOf(notebook, 'lora').document, 'r: 8', 'r: 16');
    assert.equal(await notebook.save(), true);
    assert.equal((await bytesOf(uri)).toString(), replaced(before, '  r: 8\n', '  r: 16\n'));
  });

  test('hovers help as everywhere', async () => {
    const { document } = cellOf(await openNotebook(workspaceFile(RECIPE)), 'lora');
    const hovers = await hoversAt(document, positionOf(document, 'lora_alpha', 3));
    assert.ok(hovers.length > 0);
  });

  test('tokens and labels can be seen: they need no Python and run no code', async () => {
    const uri = workspaceFile(RECIPE);
    await vscode.commands.executeCommand('tunebook.showTokens', uri);
    await until('the view', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Tokens: yoda')),
    );
    assert.equal(existsSync(workspaceFile('.tunebook').fsPath), false);
  });

  test('running a cell starts no trainer', async () => {
    const notebook = await openNotebook(workspaceFile(RECIPE));
    // Whether it is refused by the editor or by us, the promise need not settle: the warning waits for an answer.
    void runCell(cellOf(notebook, 'model')).then(undefined, () => {});
    await pause(3000);
    assert.deepEqual(cellOf(notebook, 'model').outputs, []);
    assert.equal(existsSync(workspaceFile('.tunebook').fsPath), false);
  });
});
