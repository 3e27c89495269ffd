// The window is reloaded while a model trains: the trainer goes on to the end of its steps, and then leaves.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';
import { trainersBelow, trainersLeft } from '../host/processes.mjs';
import { changeRecipe, RECIPE } from './recipes.mjs';
import { readEvents, runDirectories, waitForEvent } from './runs.mjs';

export const name = 'reload';
export const sample = 'yoda';

/** Half a minute of training: enough to reload in. */
const LONG = [
  ['num_train_epochs: 3', 'max_steps: 100'],
  ['logging_steps: 5', 'logging_steps: 1'],
  ['modes: [greedy, sampled]', 'modes: [greedy]'],
];

export async function prepare(workspace) {
  await changeRecipe(workspace, LONG);
}

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  const [trainer] = await checks.step('training begins', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await notebook.runAll();
    await waitForEvent(workspace, ({ type, trainStep }) => type === 'metrics' && trainStep >= 2, 180_000);
    return trainersBelow(workspace);
  });
  await checks.step('the window reloads and the trainer lives', async () => {
    await workbench.reload();
    await notebook.opened();
    const [directory] = await runDirectories(workspace);
    const reached = Math.max(...(await readEvents(directory)).map(({ trainStep }) => trainStep ?? 0));
    assert.deepEqual(await trainersBelow(workspace), [trainer]);
    await waitForEvent(workspace, ({ type, trainStep }) => type === 'metrics' && trainStep > reached, 60_000);
    await workbench.screenshot('reload-1-after');
  });
  await checks.step('the run ends as if nothing had happened', async () => {
    await waitForEvent(workspace, ({ type }) => type === 'saved', 180_000);
    assert.ok(existsSync(join(workspace, 'adapter', 'adapter_model.safetensors')));
  });
  await checks.verify('the trainer has left', async () => {
    assert.deepEqual(await trainersLeft(workspace, 30_000), []);
  });
}
