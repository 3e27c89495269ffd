// The tree of runs, and what is done with them: of directories that the test itself writes.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { EndNotices, type EndNotice } from '../../../src/features/runs/endNotices';
import type { RunsRow } from '../../../src/features/runs/rows';
import {
  childrenOf,
  ENDS,
  FAILS,
  hello,
  leaveOwnRunsDirectory,
  removeRuns,
  rowOf,
  runsFeature,
  startedElsewhere,
  tell,
  trainerOf,
  trains,
  useOwnRunsDirectory,
  writeRun,
} from '../fakeRuns';
import { cellOf, revertAndCloseAll, until, writeRecipe } from '../support';

async function itemOf(row: RunsRow): Promise<vscode.TreeItem> {
  return (await runsFeature()).tree.getTreeItem(row);
}

/** Looks until the list says so. */
async function says(directory: string, description: RegExp): Promise<vscode.TreeItem> {
  const { runs } = await runsFeature();
  return until(`${path.basename(directory)} says ${description}`, async () => {
    await runs.look();
    const item = await itemOf(await rowOf(directory));
    return description.test(String(item.description)) ? item : null;
  });
}

function inFront(): unknown {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input;
}

function curvesTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('tunebook.curves'));
}

suite('the runs', () => {
  const processes: ChildProcess[] = [];

  setup(async () => {
    await removeRuns();
    await (await runsFeature()).runs.look();
  });

  teardown(async () => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
    await revertAndCloseAll();
  });

  suiteSetup(useOwnRunsDirectory);
  suiteTeardown(leaveOwnRunsDirectory);

  test('are listed with what became of them: those that live, then the newest', async () => {
    const done = await writeRun({ id: '20260101-000001-yoda', events: [hello(), ...trains(270, 0.25), ...ENDS] });
    const failed = await writeRun({ id: '20260101-000002-yoda', events: [hello(), ...trains(12, 2), ...FAILS] });
    const lost = await writeRun({ id: '20260101-000003-yoda', events: [hello(), ...trains(99, 1)] });
    const garbage = await writeRun({ id: '20260101-000004-yoda', events: [] });
    await appendFile(path.join(garbage, 'events.jsonl'), '\0\0{"type":\n');
    await mkdir(path.join(path.dirname(done), '20260101-000005-not-a-run'));
    const live = await writeRun({ id: '20260101-000000-yoda', events: [] });
    const child = trainerOf(live);
    processes.push(child);
    await tell(live, hello(child.pid), ...trains(120, 1.234));
    const item = await says(live, /^120\/270 · loss 1\.234 · 2 min left$/);
    assert.equal(item.label, 'yoda · 1h ago');
    assert.match(String(item.contextValue), /^run\.running\.alive/);
    assert.match(
      item.accessibilityInformation?.label ?? '',
      /^yoda · 1h ago, running, Step: 120 of 270, Loss: 1\.234, 2 min left$/,
    );
    const { tree, statusBar } = await runsFeature();
    const rows = await tree.getChildren();
    assert.equal(rows[0]?.directory, live);
    assert.deepEqual(new Set(rows.map(({ directory }) => directory)), new Set([live, lost, failed, done, garbage]));
    assert.equal(statusBar.text, '$(loading~spin) yoda 120/270 · loss 1.234 · 2 min left');
    await says(done, /^270\/270 · loss 0\.250$/);
    await says(failed, /^failed at 12\/270 · loss 2\.000$/);
    await says(lost, /^lost at 99\/270 · loss 1\.000$/);
    await says(garbage, /^never began$/);
    const tooltip = String((await itemOf(await rowOf(done))).tooltip);
    assert.match(tooltip, /yoda: done\nStarted: .*\nDuration: .*\nStep: 270 of 270\nLoss: 0\.250/);
  });

  test('show what they left, as long as it is there', async () => {
    const directory = await writeRun({ id: '20260102-000001-yoda', events: [hello(), ...trains(12, 2)] });
    const checkpoints = ['checkpoint-5', 'checkpoint-10'].map((name) => path.join(directory, 'checkpoints', name));
    for (const [index, checkpoint] of checkpoints.entries())
      await tell(directory, { type: 'checkpointSaved', step: 'train', trainStep: 5 + 5 * index, path: checkpoint });
    await tell(directory, ...FAILS);
    await mkdir(checkpoints[1]!, { recursive: true });
    await says(directory, /^failed/);
    const children = await childrenOf(await rowOf(directory));
    assert.deepEqual(
      children.map(({ kind }) => kind),
      ['failure', 'checkpoint'],
    );
    const [failure, checkpoint] = await Promise.all(children.map(itemOf));
    assert.match(String(failure?.label), /^The disk is full/);
    assert.equal(checkpoint?.label, 'checkpoint-10');
    await writeFile(path.join(directory, 'log.txt'), 'first\nlast words\n');
    await vscode.commands.executeCommand('tunebook.showRunLog', children[0]);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /last words/);
  });

  test('take a name of the person’s own, and give it back', async () => {
    const directory = await writeRun({ id: '20260103-000001-yoda', events: [hello(), ...trains(270, 1), ...ENDS] });
    const { actions } = await runsFeature();
    const row = await rowOf(directory);
    await actions.rename(row, () => Promise.resolve(' lr 3e-4 '));
    assert.equal((await itemOf(row)).label, 'lr 3e-4');
    assert.equal(await readFile(path.join(directory, 'name.txt'), 'utf8'), 'lr 3e-4\n');
    await actions.rename(row, () => Promise.resolve(undefined));
    assert.equal((await itemOf(row)).label, 'lr 3e-4');
    await actions.rename(row, () => Promise.resolve(''));
    assert.equal((await itemOf(row)).label, 'yoda · 1h ago');
  });

  test('are deleted once the person knows what goes; one that lives is not', async () => {
    const directory = await writeRun({ id: '20260104-000001-yoda', events: [] });
    const child = trainerOf(directory);
    processes.push(child);
    const checkpoint = path.join(directory, 'checkpoints', 'checkpoint-5');
    await mkdir(checkpoint, { recursive: true });
    const saved = { type: 'checkpointSaved', step: 'train', trainStep: 5, path: checkpoint };
    await tell(directory, hello(child.pid), ...trains(12, 2), saved);
    await says(directory, /^12\/270/);
    const { actions, tree, runs } = await runsFeature();
    const row = await rowOf(directory);
    const asked: string[] = [];
    const answer = (yes: boolean) => (question: string, detail: string) => {
      asked.push(`${question} ${detail}`);
      return Promise.resolve(yes);
    };
    await actions.delete(row, undefined, answer(false));
    assert.match(asked.join('\n'), /^“yoda” is at work, so it can’t be deleted\. Stop it first\?.*$/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    await says(directory, /^lost at 12/);
    await actions.delete(row, undefined, answer(false));
    assert.match(asked[1] ?? '', /^Move “yoda” to the trash\? .*its checkpoints \(1\)/);
    assert.equal(existsSync(directory), true);
    const other = await writeRun({ id: '20260104-000002-yoda', events: [hello(), ...ENDS] });
    await runs.look();
    await actions.delete(row, [row, await rowOf(other)], answer(true));
    assert.match(asked[2] ?? '', /^Move 2 runs to the trash\?/);
    assert.deepEqual([existsSync(directory), existsSync(other)], [false, false]);
    assert.deepEqual(await tree.getChildren(), []);
  });

  test('show the recipe as it ran, beside today’s where that is another', async () => {
    const recipe = 'runs-recipe.tune.yaml';
    const today = await writeRecipe(recipe);
    const directory = await writeRun({ id: '20260105-000001-x', recipe, events: [hello(), ...ENDS] });
    const row = await rowOf(directory);
    await vscode.commands.executeCommand('tunebook.openRunRecipe', row);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /model_name_or_path/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'tunebook-run-recipe');
    await writeFile(today.fsPath, `${await readFile(today.fsPath, 'utf8')}# changed\n`);
    await vscode.commands.executeCommand('tunebook.openRunRecipe', row);
    const diff = await until('a diff', () => {
      const input = inFront();
      return input instanceof vscode.TabInputTextDiff ? input : null;
    });
    assert.equal(diff.modified.fsPath, today.fsPath);
  });

  test('are gone on from by a line in the recipe', async () => {
    const recipe = 'runs-resume.tune.yaml';
    const uri = await writeRecipe(recipe);
    const directory = await writeRun({ id: '20260106-000001-x', recipe, events: [hello(), ...trains(12, 2)] });
    const checkpoint = path.join(directory, 'checkpoints', 'checkpoint-10');
    await mkdir(checkpoint, { recursive: true });
    await tell(directory, { type: 'checkpointSaved', step: 'train', trainStep: 10, path: checkpoint }, ...ENDS);
    await says(directory, /^12\/270/);
    await vscode.commands.executeCommand('tunebook.resumeRun', await rowOf(directory));
    const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === uri.toString());
    assert.ok(notebook);
    assert.match(
      cellOf(notebook, 'train').document.getText(),
      /resume_from_checkpoint: \.\/runs-of-the-view\/20260106-000001-x\/checkpoints\/checkpoint-10$/m,
    );
  });

  test('show their curves, one of them or several over each other', async () => {
    const directories = await Promise.all(
      ['20260108-000001-yoda', '20260108-000002-yoda'].map((id) =>
        writeRun({ id, events: [hello(), ...trains(270, 1), ...ENDS] }),
      ),
    );
    const [one, other] = await Promise.all(directories.map(rowOf));
    await vscode.commands.executeCommand('tunebook.openRun', one);
    await until('the curves of one', () => curvesTabs().length === 1);
    await vscode.commands.executeCommand('tunebook.compareRuns', one, [one, other]);
    await until('the curves of both', () => curvesTabs().length === 2);
  });

  test('of another program stand in the status bar, and are stopped; their end is told', async () => {
    const directory = await writeRun({ id: '20260107-000001-elsewhere', recipe: 'elsewhere.tune.yaml', events: [] });
    processes.push(startedElsewhere(directory));
    await says(directory, /^at model$/);
    const { runs, statusBar } = await runsFeature();
    assert.equal(statusBar.text, '$(loading~spin) elsewhere: model');
    const told: EndNotice[] = [];
    const shown: (readonly string[])[] = [];
    const notices = new EndNotices(
      runs,
      async (directories) => void shown.push(directories),
      () => false,
    );
    notices.onDidTell((notice) => told.push(notice));
    await runs.look();
    await vscode.commands.executeCommand('tunebook.stopRun', directory);
    const [notice] = await until('a notice', () => (told.length > 0 ? told : null));
    assert.match(notice?.text ?? '', /^elsewhere was stopped/);
    await until('an empty status bar', () => statusBar.text === '');
    notices.dispose();
  });
});
