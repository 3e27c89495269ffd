// Somebody picks the layers that LoRA changes by check boxes, before anything runs, with mouse and keyboard.
import assert from 'node:assert/strict';
import { Notebook } from '../host/notebook.mjs';
import { LayersTree } from './layersTree.mjs';
import { RECIPE } from './recipes.mjs';

export const name = 'layers';
export const sample = 'yoda';

export async function run({ checks, workbench }) {
  const notebook = new Notebook(workbench);
  const tree = new LayersTree(workbench);
  const { page } = workbench;
  const targets = (text) =>
    page
      .locator('.notebook-editor .view-line', { hasText: `target_modules:\u00a0${text.replaceAll(' ', '\u00a0')}` })
      .first();
  await checks.step('the tree shows the model of the recipe in front', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await tree.open();
    await tree.row('All linear layers').waitFor();
  });
  await checks.verify('all linear layers are ticked, the head is not', async () => {
    assert.equal(await tree.isTicked('All linear layers'), true);
    assert.equal(await tree.isTicked('MLP'), true);
    assert.equal(await tree.isTicked('Output head'), false);
  });
  for (const theme of ['light', 'dark']) {
    await workbench.setTheme(theme);
    await workbench.screenshot(`layers-${theme}`);
  }
  await checks.step('a click unticks a group, and the recipe says so', async () => {
    await tree.checkbox('MLP').click();
    await targets('[o_proj, qkv_proj]').waitFor();
    await tree.becomes('All linear layers', false);
    await tree.becomes('Attention', true);
    await workbench.screenshot('layers-attention');
  });
  await checks.step('the space bar ticks it again', async () => {
    await tree.row('MLP').locator('.label-name').click();
    await page.keyboard.press('Space');
    await tree.becomes('All linear layers', true);
    await workbench.screenshot('layers-keyboard');
  });
}
