// The window is reloaded while a model trains, and its extension host is killed: the trainer goes on, the cells show all of its
// run again and can stop it. A second run that would write the same is asked about.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';
import { extensionHostsOf, trainersBelow, trainersLeft } from '../host/processes.mjs';
import { changeRecipe, ENDLESS, RECIPE } from './recipes.mjs';
import { readEvents, runDirectories, waitForEvent } from './runs.mjs';

export const name = 'reload';
export const sample = 'yoda';

/** Saves its adapter where the first one does. */
const SECOND = 'second.tune.yaml';

export async function prepare(workspace) {
  const file = await changeRecipe(workspace, ENDLESS);
  await copyFile(file, join(workspace, SECOND));
}

export async function run({ checks, workbench, server, workspace }) {
  const notebook = new Notebook(workbench);
  const [trainer] = await checks.step('training begins', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await notebook.runAll();
    await waitForEvent(workspace, ({ type, trainStep }) => type === 'metrics' && trainStep >= 2, 180_000);
    return trainersBelow(workspace);
  });
  await checks.step('the window reloads: the trainer lives and its curve is there from the first step', async () => {
    await workbench.reload();
    await notebook.opened();
    await showsAllOf(notebook, workspace);
    assert.deepEqual(await trainersBelow(workspace), [trainer]);
    await workbench.screenshot('reload-1-after');
  });
  await checks.step('the extension host is killed: the same', async () => {
    for (const id of await extensionHostsOf(server.state)) process.kill(id, 'SIGKILL');
    await workbench.reload();
    await notebook.opened();
    await showsAllOf(notebook, workspace);
    assert.deepEqual(await trainersBelow(workspace), [trainer]);
    await workbench.screenshot('reload-2-host-killed');
  });
  await checks.step('a second run into the same folder is asked about, and leads to the first', async () => {
    await workbench.openFile(SECOND);
    await workbench.tab(SECOND).waitFor();
    await notebook.opened();
    await notebook.runAll();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: 'It saves its adapter into the same folder' }).waitFor();
    await workbench.screenshot('reload-3-second-run');
    await dialog.locator('.monaco-button', { hasText: 'Show It' }).click();
    await workbench.page.locator('.tab.active', { hasText: RECIPE }).waitFor();
    assert.deepEqual(await trainersBelow(workspace), [trainer]);
  });
  await checks.step('a notebook that was closed and opened again shows its run again', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await showsAllOf(notebook, workspace);
  });
  await checks.step('the second run may stop the first, which saves a checkpoint', async () => {
    await workbench.openFile(SECOND);
    await workbench.tab(SECOND).waitFor();
    await notebook.opened();
    await notebook.runAll();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.locator('.monaco-button', { hasText: 'Stop It and Run' }).click();
    await waitForEvent(workspace, ({ type, trainStep }) => type === 'metrics' && trainStep >= 2, 180_000, 2);
    const [first] = await runDirectories(workspace);
    const events = await readEvents(first);
    assertSaved(events.find(({ type }) => type === 'checkpointSaved'));
    assert.equal(events.findLast(({ type }) => type === 'stepFailed').failure.kind, 'interrupted');
  });
  await checks.step('Interrupt ends the training with a checkpoint', async () => {
    await notebook.interrupt();
    assertSaved((await waitForEvent(workspace, ({ type }) => type === 'checkpointSaved', 60_000, 2)).event);
    await notebook.find('train', ['stopped']);
    await workbench.screenshot('reload-4-stopped');
  });
  await checks.step('with its notebook closed the trainer leaves', async () => {
    await workbench.command('View: Close All Editors');
    assert.deepEqual(await trainersLeft(workspace, 60_000), []);
  });
}

function assertSaved({ path }) {
  assert.ok(existsSync(join(path, 'adapter_model.safetensors')), path);
}

/** The training cell shows the curve from its first step on, beyond what was reached before: it goes on. */
async function showsAllOf(notebook, workspace) {
  const [directory] = await runDirectories(workspace);
  const reached = Math.max(...(await readEvents(directory)).map(({ trainStep }) => trainStep ?? 0));
  // Taken up: before that nothing is to be found, and what is out of view isn't drawn.
  await notebook.toolbarItem('Interrupt').waitFor({ timeout: 60_000 });
  const train = await notebook.find('train', ['running']);
  const details = train.locator('details', { hasText: 'Logged values' });
  // Out of view: a pointer's click would scroll the frame under itself, and hit something else.
  await details.evaluate((element) => {
    element.open = true;
  });
  const steps = async () => (await details.locator('tbody tr > :first-child').allTextContents()).map(Number);
  const end = Date.now() + 30_000;
  for (let shown = await steps(); ; shown = await steps()) {
    if (shown.at(-1) > reached) {
      // Of more than a hundred points the table shows each second one, of more than two hundred each third.
      const every = Math.ceil(shown.at(-1) / 100);
      assert.deepEqual(
        shown.slice(0, -1),
        shown.slice(0, -1).map((_, index) => 1 + index * every),
      );
      return;
    }
    if (Date.now() > end) throw new Error(`steps ${shown.join(' ')} are shown, ${reached} was reached long ago`);
    await notebook.page.waitForTimeout(200);
  }
}
