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
  await checks.verify('the cells tell memory and adapter', async () => {
    await page
      .locator('.cell-status-item', { hasText: /[\d.]+ MB loaded · [\d.]+ [MG]B at the peak/ })
      .first()
      .waitFor();
    await page.locator('.cell-status-item', { hasText: '199,680 trainable (3.3%)' }).first().waitFor();
  });
  await checks.verify('typing in the recipe moves the ticks', async () => {
    await notebook.edit('target_modules', 'target_modules: [down_proj]');
    await tree.becomes('MLP', false);
    await tree.becomes('down_proj', true);
    await tree.becomes('Attention', false);
    await workbench.screenshot('layers-typed');
  });
  await checks.verify('undo takes a tick back in one step', async () => {
    await tree.checkbox('Attention').click();
    await targets('[down_proj, o_proj, qkv_proj]').waitFor();
    await targets('[down_proj, o_proj, qkv_proj]').click();
    await page.keyboard.press('Control+z');
    await targets('[down_proj]').waitFor();
    await tree.becomes('Attention', false);
  });
  await checks.step('by block, one block alone can be trained', async () => {
    await tree.action('Show Layers by Block');
    await tree.contextMenu('Block 3', 'Train Only This Block');
    await tree.becomes('Block 3', false);
    await page.locator('.notebook-editor .view-line', { hasText: 'layers_to_transform:\u00a0[3]' }).first().waitFor();
    await workbench.screenshot('layers-block');
  });
  await checks.verify('as text, the same stands above the sections', async () => {
    await workbench.command('Fine-tune: Open Recipe as Text');
    await page.locator('.codelens-decoration', { hasText: 'at the peak' }).first().waitFor();
    await workbench.screenshot('layers-text');
    await tree.checkbox('Block 3').click();
    await page
      .locator('.view-line', { hasText: /target_modules/ })
      .first()
      .waitFor();
    await tree.becomes('Block 3', true);
    await workbench.screenshot('layers-text-ticked');
  });
  await checks.verify('the Hub is asked for a model only when somebody says so or saves', async () => {
    await page.locator('.view-line', { hasText: 'model_name_or_path' }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.insertText('model_name_or_path: someone/model-that-is-nowhere');
    await tree.button('Read from the Hub').waitFor();
    await page.locator('.codelens-decoration', { hasText: 'Read the structure from the Hub' }).first().waitFor();
    await workbench.screenshot('layers-not-here');
    await tree.button('Read from the Hub').click();
    // not "Reading the structure of…" any more
    await tree.message(/^(?!Reading)\S/).waitFor();
    await workbench.screenshot('layers-trouble');
  });
}

export const inChinese = {
  name: 'layers in Chinese',
  sample,
  language: 'zh-cn',
  async run({ checks, workbench }) {
    const tree = new LayersTree(workbench);
    await checks.step('the tree is in Chinese', async () => {
      await workbench.openFile(RECIPE);
      await workbench.page.locator('.notebook-editor .cell-list-container').first().waitFor();
      await tree.open();
      await tree.row('全部线性层').waitFor();
      assert.match(await tree.description('Phi3ForCausalLM'), /\p{Script=Han}/u);
      await workbench.screenshot('layers-chinese');
    });
  },
};
