// Training is interrupted: a checkpoint is there; after a restart the loop begins anew in another process.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';
import { trainersBelow, trainersLeft } from '../host/processes.mjs';
import { changeRecipe, ENDLESS, RECIPE } from './recipes.mjs';
import { runDirectories, waitForEvent } from './runs.mjs';

export const name = 'interrupt';
export const sample = 'yoda';

export async function prepare(workspace) {
  await changeRecipe(workspace, ENDLESS);
}

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  await checks.step('training begins', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await notebook.runAll();
    await waitForEvent(workspace, ({ type, trainStep }) => type === 'metrics' && trainStep >= 3, 180_000);
  });
  await checks.step('the status bar shows the job while it trains', async () => {
    await workbench.statusBarItem('4000').waitFor();
    await workbench.screenshot('interrupt-1-training');
  });
  await checks.step('Interrupt ends the step with a checkpoint', async () => {
    await notebook.interrupt();
    const { event } = await waitForEvent(workspace, ({ type }) => type === 'checkpointSaved', 60_000);
    assert.ok(existsSync(join(event.path, 'adapter_model.safetensors')), event.path);
    await notebook.find('train', ['stopped']);
    await workbench.screenshot('interrupt-2-stopped');
  });
  await checks.verify('the steps below did not run', async () => {
    assert.equal(await notebook.output('section.step[data-step="save"][data-status="done"]'), null);
  });
  await checks.verify('a change in the LoRA cell marks it and the steps below as stale', async () => {
    await notebook.find('lora', ['done']);
    await notebook.edit('lora_alpha: 16', 'lora_alpha: 32');
    await workbench.page
      .locator('.cell-statusbar-container', { hasText: 'stale: changed since it ran' })
      .first()
      .waitFor();
    await workbench.screenshot('interrupt-3-stale');
    await notebook.find('data', ['done']);
    await workbench.page
      .locator('.cell-statusbar-container', { hasText: 'stale: lora changed above' })
      .first()
      .waitFor();
  });
  await checks.step('Restart Trainer ends the process', async () => {
    assert.equal((await trainersBelow(workspace)).length, 1);
    await workbench.command('Fine-tune: Restart Trainer');
    assert.deepEqual(await trainersLeft(workspace, 30_000), []);
  });
  await checks.step('Run All begins a new run', async () => {
    await notebook.runAll();
    await waitForEvent(workspace, ({ type, step }) => type === 'stepFinished' && step === 'lora', 120_000, 2);
    assert.equal((await runDirectories(workspace)).length, 2);
  });
  await checks.step('Stop Training ends it again', async () => {
    await waitForEvent(workspace, ({ type, trainStep }) => type === 'metrics' && trainStep >= 1, 120_000, 2);
    await workbench.command('Fine-tune: Stop Training');
    await waitForEvent(workspace, ({ type }) => type === 'checkpointSaved', 60_000, 2);
  });
}
