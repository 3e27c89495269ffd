// Somebody looks at the tokens before training: sees what is cut, where a token comes from, and mends the recipe by a click.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Notebook } from '../host/notebook.mjs';
import { atWidths } from './widths.mjs';
import { changeRecipe, RECIPE } from './recipes.mjs';

export const name = 'tokens';
export const sample = 'yoda';

/** Rows of their own, of which many are longer than this. */
const CUT = [
  ['max_length: 64', 'max_length: 24'],
  ['packing: true', 'packing: false'],
];
const PATIENCE_MS = 60_000;

export async function prepare(workspace) {
  await changeRecipe(workspace, CUT);
}

export async function run({ checks, workbench, workspace }) {
  const notebook = new Notebook(workbench);
  const { page } = workbench;
  const view = (selector, filter) => notebook.waitForOutput(selector, { timeoutMs: PATIENCE_MS, ...filter });
  await checks.step('a click under the tokenizer cell opens the view', async () => {
    await workbench.openFile(RECIPE);
    await notebook.opened();
    const item = page.locator('.cell-status-item', { hasText: 'Show tokens and labels' }).first();
    const list = page.locator('.notebook-editor .cell-list-container .monaco-list').first();
    for (let turn = 0; turn < 20 && !(await item.isVisible()); turn++) {
      await list.hover();
      await page.mouse.wheel(0, 100);
      await page.waitForTimeout(300);
    }
    // at the edge of the window a click would only select the cell
    await notebook.reveal(item);
    await item.click();
    await view('.map canvas');
    await workbench.command('View: Toggle Primary Side Bar Visibility');
  });
  await atWidths(workbench, view, 'tokens', checks);

  await checks.verify('a token under the pointer tells what it is', async () => {
    const canvas = await view('.map canvas');
    await canvas.scrollIntoViewIfNeeded();
    await canvas.hover({ position: { x: 60, y: 8 } });
    const tip = await view('.tip dl');
    assert.match(await tip.innerText(), /Id\s+\d+[\s\S]*Bytes\s+[\dA-F ]+[\s\S]*Why\s+trained[\s\S]*line \d+/);
    await workbench.screenshot('tokens-hover');
  });
  await checks.step('text shows the words of the first batch', async () => {
    await (await view('button', { hasText: /^\s*Text\s*$/ })).click();
    await (await view('.token')).waitFor();
    await workbench.screenshot('tokens-text');
  });
  await checks.verify('a click opens the line of the dataset', async () => {
    const joint = await view('.joint');
    const line = Number(/\d+/.exec(await joint.innerText())[0]);
    await (await view('.sequence .token[data-index="3"]')).click();
    await workbench.tab('yoda.jsonl').waitFor();
    const lines = (await readFile(join(workspace, 'yoda.jsonl'), 'utf8')).split('\n');
    const sentence = JSON.parse(lines[line - 1]).sentence;
    await page
      .locator('.editor-instance .view-line', { hasText: sentence.split(' ').slice(0, 3).join('\u00a0') })
      .waitFor();
    await workbench.screenshot('tokens-row');
  });
  await checks.verify('Alt+click opens the chat template', async () => {
    await (await view('.sequence .token[data-index="3"]')).click({ modifiers: ['Alt'] });
    await workbench.tab('chat_template.jinja').waitFor();
    await workbench.screenshot('tokens-template');
  });
  await checks.verify('one click raises max_length in the notebook, and the view follows', async () => {
    const button = await view('vscode-button', { hasText: /^\s*Use \d+/ });
    const proposed = /\d+/.exec(await button.innerText())[0];
    await button.click();
    await view('.chip', { hasText: new RegExp(`max_length\\s*${proposed}`) });
    await page
      .locator('.notebook-editor .view-line', { hasText: `max_length:\u00a0${proposed}` })
      .first()
      .waitFor();
    await workbench.screenshot('tokens-fixed');
  });
  await checks.step('a reloaded window brings the view back', async () => {
    await workbench.reload();
    await workbench.tab('Tokens: yoda').click();
    // files.autoSave may have kept the better max_length: then nothing is suggested any more
    await view('.counts .count-value');
  });
}

export const inChinese = {
  name: 'tokens in Chinese',
  sample,
  language: 'zh-cn',
  prepare,
  async run({ checks, workbench }) {
    const notebook = new Notebook(workbench);
    const view = (selector) => notebook.waitForOutput(selector, { timeoutMs: PATIENCE_MS });
    await checks.step('the view opens', async () => {
      await workbench.openFile(RECIPE);
      await workbench.page.locator('.notebook-editor .cell-list-container').first().waitFor();
      await workbench.command('查看词元与标签');
      await view('.map canvas');
    });
    await checks.verify('all of it is in Chinese', async () => {
      for (const selector of ['h1', '.count-name', '.finding', '.legend', '.suggestion'])
        assert.match(await (await view(selector)).innerText(), /\p{Script=Han}/u, selector);
    });
    await workbench.page.keyboard.press('Control+b');
    await atWidths(workbench, view, 'tokens-chinese', checks);
  },
};
