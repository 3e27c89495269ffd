import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('display language', () => {
  test('the editor speaks Chinese', () => {
    assert.equal(vscode.env.language, 'zh-cn');
  });
});
