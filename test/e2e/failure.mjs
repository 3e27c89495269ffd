// A training that fails: the cell says why, and its buttons repair the recipe.
import assert from 'node:assert/strict';
import { Notebook } from '../host/notebook.mjs';
import { changeRecipe, RECIPE } from './recipes.mjs';
import { waitForEvent } from './runs.mjs';

export const name = 'failure';
export const sample = 'yoda';

export async function prepare(workspace) {
  await changeRecipe(workspace, [
    ['learning_rate: 2.0e-3', 'learning_rate: 3.0e+20'],
    ['seed: 42', 'seed: 42\n    max_grad_norm: 0'],
  ]);
}

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  const { page } = workbench;
  await checks.step('the training fails', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await notebook.runAll();
    await waitForEvent(workspace, ({ type }) => type === 'stepFailed', 180_000);
    await notebook.find('train', ['failed']);
    await workbench.screenshot('failure-1-light');
    await workbench.setTheme('dark');
    await notebook.find('train', ['failed']);
    await workbench.screenshot('failure-2-dark');
  });
  await checks.step('a button of the cell changes the recipe, and goes there', async () => {
    const button = await notebook.output('vscode-button', { hasText: 'Set max_grad_norm to 1' });
    await notebook.reveal(button);
    await button.click();
    const line = page.locator('.notebook-editor .view-line:visible', { hasText: 'max_grad_norm: 1' }).first();
    await line.waitFor();
    await workbench.screenshot('failure-3-repaired');
    await line.click(); // the keyboard was in the output's frame
    await page.keyboard.press('Control+z');
    await page.locator('.notebook-editor .view-line:visible', { hasText: 'max_grad_norm: 0' }).first().waitFor();
    assert.equal(await line.count(), 0);
  });
  await checks.step('Show log opens the log of the run', async () => {
    await notebook.find('train', ['failed']);
    const button = await notebook.output('vscode-button', { hasText: 'Show log' });
    await notebook.reveal(button);
    await button.click();
    await workbench.tab('log.txt').waitFor();
  });
}
