import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WorkerClient } from '../../../src/engine/worker/client';
import { formatHandlers } from '../../../src/features/data/formatHandlers';
import { FormatJob } from '../../../src/features/data/formatJob';
import { extension, revertAndCloseAll, until, workspaceFile } from '../support';

suite('Format as Chat without trust', () => {
  teardown(revertAndCloseAll);

  test('reads and writes data, since that runs nothing of the workspace', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const file = workspaceFile('yoda.jsonl');
    const before = await readFile(file.fsPath);
    await vscode.commands.executeCommand('tunebook.formatAsChat', file);
    await until(
      'the tab',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview,
    );
    const worker = new WorkerClient(path.join(extension().extensionPath, 'dist', 'worker.js'));
    const side = formatHandlers({
      file,
      worker,
      job: new FormatJob(),
      column: () => undefined,
      formatAnother: () => Promise.resolve(),
    });
    const context = { signal: new AbortController().signal, progress: (): void => {} };
    const { mapping, rows } = await side.preview({ mapping: null }, context);
    assert.ok(mapping);
    assert.equal(rows.length, 20);
    const end = await side.format({ mapping, target: 'yoda.chat.jsonl', overwrite: false }, context);
    assert.equal(end.kind === 'done' && end.report.written, 720);
    assert.deepEqual(await readFile(file.fsPath), before);
    worker.dispose();
    await rm(workspaceFile('yoda.chat.jsonl').fsPath);
  });
});
