// Somebody looks at what the model is made of before anything runs, tries another r, picks layers, and sees what it takes.
import assert from 'node:assert/strict';
import { Notebook } from '../host/notebook.mjs';
import { atWidths } from './widths.mjs';
import { RECIPE } from './recipes.mjs';

export const name = 'model';
export const sample = 'yoda';

const PATIENCE_MS = 60_000;

export async function run({ checks, workbench }) {
  const notebook = new Notebook(workbench);
  const { page } = workbench;
  const view = (selector, filter) => notebook.waitForOutput(selector, { timeoutMs: PATIENCE_MS, ...filter });
  const figure = async (label) => (await view('.count', { hasText: label })).locator('.count-value');
  const line = (text) =>
    page.locator('.notebook-editor .view-line', { hasText: text.replaceAll(' ', '\u00a0') }).first();

  await checks.step('the command shows the model beside its recipe', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    await workbench.command('Show Model Structure and Memory');
    await view('[data-part$="qkv_proj"]');
    await workbench.command('View: Toggle Primary Side Bar Visibility');
  });
  await atWidths(workbench, view, 'model', checks);

  await checks.verify('a part under the pointer says what it does and what LoRA does to it', async () => {
    const part = await view('[data-part$="layers.0.self_attn.qkv_proj"]');
    await part.scrollIntoViewIfNeeded();
    await part.hover();
    assert.match(await (await view('.tip')).innerText(), /query[\s\S]*LoRA leaves W as it is/);
    await workbench.screenshot('model-hover');
  });
  await checks.verify('another r is counted at once and written into the recipe', async () => {
    const before = await (await figure('Trainable')).innerText();
    const slider = await view('input[type="range"]');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    const after = await (await figure('Trainable')).innerText();
    assert.equal(Number(after.replaceAll(',', '')), 2 * Number(before.replaceAll(',', '')));
    await line('r: 16').waitFor();
    await workbench.screenshot('model-rank');
  });
  await checks.verify('a group that is unticked leaves the recipe', async () => {
    await (await view('.box', { hasText: 'MLP' })).click();
    await line('target_modules: [o_proj, qkv_proj]').waitFor();
    await view('[data-part$="gate_up_proj"][aria-label*="frozen"]');
    await workbench.screenshot('model-attention');
  });
  await checks.verify('what it takes is held against a size that is chosen', async () => {
    const select = await view('.compare vscode-single-select');
    await select.scrollIntoViewIfNeeded();
    await select.click();
    await (await view('[role="option"]', { hasText: 'A GPU with 8 GB' })).click();
    assert.match(await (await view('.verdict')).innerText(), /It fits/);
    await workbench.screenshot('model-memory');
  });
  await checks.step('a reloaded window brings the panel back', async () => {
    await workbench.reload();
    await workbench.tab('Model: yoda').click();
    await view('[data-part$="qkv_proj"]');
  });
}
