import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { hello, rowOf, runsFeature, trains, writeRun } from '../fakeRuns';
import { pause, workspaceFile } from '../support';

suite('the runs, in a workspace that is not trusted', () => {
  suiteTeardown(() => rm(workspaceFile('.tunebook').fsPath, { recursive: true, force: true }));

  test('are shown; what would change them asks for trust first', async () => {
    const directory = await writeRun({ id: '20260101-000001-yoda', events: [hello(), ...trains(12, 2)] });
    const { runs, tree, actions } = await runsFeature();
    await runs.look();
    const row = await rowOf(directory);
    assert.equal((await tree.getTreeItem(row)).description, 'lost at 12/270 · loss 2.000');
    const asked: string[] = [];
    const confirm = (question: string): Promise<boolean> => Promise.resolve(asked.push(question) > 0);
    // The question for trust waits for an answer, so these need not settle.
    void actions.delete(row, undefined, confirm);
    void actions.rename(row, async (run) => void asked.push(run.id));
    void vscode.commands.executeCommand('tunebook.stopRun', row);
    await pause(500);
    assert.deepEqual(asked, []);
    assert.equal(existsSync(directory), true);
  });
});
