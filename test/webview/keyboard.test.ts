import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as fixtures from './fixtures/outputs';
import { Harness, type Notebook } from './harness';

let harness: Harness;
let notebook: Notebook;
beforeAll(async () => {
  harness = await Harness.start();
});
beforeEach(async () => {
  notebook = await harness.open();
  return () => notebook.close();
});
afterAll(() => harness.stop());

const focused = (attribute: string): Promise<string | null> =>
  notebook.page.evaluate((name) => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement != null) active = active.shadowRoot.activeElement;
    return active?.getAttribute(name) ?? null;
  }, attribute);

test('arrow keys walk through the tokens, of which one is a tab stop', async () => {
  await notebook.show(fixtures.tokenizer);
  const { page } = notebook;
  const { tokens } = fixtures.tokenizer.tokenizer!;
  await page.getByRole('checkbox', { name: 'Labels' }).focus();
  await page.keyboard.press('Tab');
  expect(await focused('data-index')).toBe('0');
  expect(await focused('aria-label')).toBe('<|user|>, id 32010, masked, not trained, special');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await focused('data-index')).toBe('2');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const third = Number(await focused('data-index'));
  expect(tokens[third]!.label).not.toBe(-100);
  await page.keyboard.press('End');
  expect(await focused('data-index')).toBe(String(tokens.length - 1));
  await page.keyboard.press('ArrowRight');
  expect(await focused('data-index')).toBe(String(tokens.length - 1));
  await page.keyboard.press('Home');
  expect(await focused('data-index')).toBe('0');
  expect(await page.locator('.token[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Tab');
  expect(await focused('data-index')).toBeNull();
});

test('focus shows what hover shows, Escape takes it away', async () => {
  await notebook.show(fixtures.tokenizer);
  const { page } = notebook;
  const { tokens } = fixtures.tokenizer.tokenizer!;
  await page.locator('.token[tabindex="0"]').focus();
  await page.keyboard.press('End');
  for (const _ of [1, 2]) await page.keyboard.press('ArrowLeft');
  const token = tokens.at(-3)!;
  const tip = page.locator('.tip');
  expect(await tip.locator('dd').allTextContents()).toEqual([
    '<|endoftext|>',
    String(token.id),
    String(token.label),
    'trained, special',
  ]);
  await page.keyboard.press('Escape');
  expect(await tip.isVisible()).toBe(false);
});

test('arrow keys choose a row of the batch', async () => {
  await notebook.show(fixtures.train);
  const { page } = notebook;
  await page.locator('.heat-row[tabindex="0"]').focus();
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
  expect(await focused('data-row')).toBe('3');
  expect(await page.locator('.heat-row[aria-selected=true]').getAttribute('data-row')).toBe('3');
  const shown = await page
    .locator('.strip .token')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.split(', id ')[1]!.split(',')[0]));
  expect(shown).toEqual(fixtures.train.batches!.batches[0]!.rows[3]!.map(({ id }) => String(id)));
  await page.keyboard.press('End');
  expect(await focused('data-row')).toBe('7');
});

test('the right axis and the batch can be chosen by keyboard', async () => {
  await notebook.show(fixtures.train);
  const { page } = notebook;
  const axis = page.locator('vscode-single-select').first();
  expect(await axis.evaluate((select) => (select as HTMLElement & { value: string }).value)).toBe('learningRate');
  await axis.locator('.select-face').focus();
  for (const key of ['Space', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  expect(await axis.evaluate((select) => (select as HTMLElement & { value: string }).value)).toBe('gradNorm');
  expect(notebook.errors).toEqual([]);
});

test('status is announced politely, numbers are not', async () => {
  await notebook.show(fixtures.training);
  const status = notebook.page.getByRole('status');
  expect(await status.count()).toBe(1);
  expect((await status.textContent())?.replaceAll(/\s+/g, ' ').trim()).toBe('Training running');
});

test('tables have headers, the picture a name', async () => {
  await notebook.show(fixtures.model);
  const { page } = notebook;
  expect(await page.getByRole('region', { name: 'Model' }).count()).toBe(1);
  expect(await page.getByRole('columnheader').allTextContents()).toEqual([
    'Layer',
    'Shape',
    'Count',
    'Parameters',
    'Share',
  ]);
  expect(await page.getByRole('rowheader').count()).toBe(9);
});
