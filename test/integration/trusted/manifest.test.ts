import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('host', () => {
  test('a workspace is open and trusted', () => {
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });
});
