import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TrainOutput } from '../../src/protocol/outputs';
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

/** The training as it is after `count` logging points. */
const after = (count: number): TrainOutput => ({
  ...fixtures.training,
  points: fixtures.curve(22, 220).slice(0, count),
});

test('an update changes numbers and leaves elements, focus and choices', async () => {
  await notebook.show(after(3));
  const { page } = notebook;
  await page.locator('.heat-row').nth(2).click();
  await page.locator('.series.loss vscode-checkbox').click();
  await page.locator('.token').nth(4).click();
  await page.evaluate(() => {
    for (const element of document.querySelector('.tunebook-step')!.shadowRoot!.querySelectorAll('*'))
      element.toggleAttribute('data-kept', true);
  });
  await notebook.show(after(9));

  expect(await page.locator('.heat-row[aria-selected=true]').getAttribute('data-row')).toBe('2');
  expect(await page.getByRole('checkbox', { name: 'Loss', exact: true }).isChecked()).toBe(false);
  expect(await page.locator('.token:focus').getAttribute('data-index')).toBe('4');
  expect(await page.locator('.progress-words').textContent()).toContain('90 of 220');
  for (const kept of [
    'canvas',
    '.token',
    '.heat-row',
    'vscode-progress-bar',
    'vscode-checkbox',
    '.head',
    '.figure.big',
  ])
    expect(await page.locator(`${kept}:not([data-kept])`).filter({ hasNotText: 'Eval loss' }).count(), kept).toBe(0);
  expect(notebook.errors).toEqual([]);
});

test('a closed part stays closed, an open one open, scrolled text scrolled', async () => {
  await notebook.show(after(5));
  const { page } = notebook;
  await page.getByText('Logged values').click();
  await page.getByText('First batches').click();
  await notebook.show({ ...after(5), points: fixtures.curve(150, 220) });
  await page.locator('.scroll').evaluate((region) => region.scrollTo(0, 120));
  await notebook.show({ ...after(5), points: fixtures.curve(160, 220) });
  expect(await page.locator('details').evaluateAll((all) => all.map((one) => one.hasAttribute('open')))).toEqual([
    true,
    false,
  ]);
  expect(await page.locator('.scroll').evaluate((region) => region.scrollTop)).toBe(120);
});

test('selected text stays selected', async () => {
  await notebook.show(fixtures.generate);
  await notebook.page.evaluate(() => {
    const text = document.querySelector('.tunebook-step')!.shadowRoot!.querySelector('.answer .text')!.firstChild!;
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(text, 10);
    getSelection()!.removeAllRanges();
    getSelection()!.addRange(range);
  });
  await notebook.show({
    ...fixtures.generate,
    durationMs: 11_000,
    rows: [...fixtures.generate.rows, { ...fixtures.generate.rows[0]!, prompt: 'One more.' }],
  });
  expect(await notebook.page.evaluate(() => String(getSelection()))).toBe('Yes, there');
  expect(await notebook.page.locator('.question').count()).toBe(3);
});

test('the tip stays while the numbers change', async () => {
  await notebook.show(after(3));
  await notebook.page.locator('.token').nth(3).hover();
  const tip = notebook.page.locator('.tip');
  const before = await tip.textContent();
  await notebook.show(after(4));
  expect(await tip.isVisible()).toBe(true);
  expect(await tip.textContent()).toBe(before);
});

test('a new run in the same output starts from its own data', async () => {
  await notebook.show(fixtures.train);
  await notebook.show({ ...fixtures.training, points: [], batches: null, started: null });
  expect(await notebook.page.locator('canvas').count()).toBe(0);
  await notebook.show(fixtures.data);
  expect(await notebook.page.locator('.step').getAttribute('data-step')).toBe('data');
  await notebook.show(after(2));
  expect(await notebook.page.locator('canvas').getAttribute('aria-label')).toContain('at step 20');
});

test('disposing of an output empties it and leaves the others', async () => {
  await notebook.show(fixtures.data, 'one');
  await notebook.show(fixtures.train, 'two');
  await notebook.dispose('one');
  expect(await notebook.page.locator('.output').evaluateAll((all) => all.map((one) => one.childNodes.length))).toEqual([
    0, 1,
  ]);
  await notebook.show(fixtures.data, 'one');
  expect(await notebook.page.locator('.samples .card').count()).toBe(4);
  await notebook.dispose();
  expect(await notebook.page.locator('.step').count()).toBe(0);
  expect(notebook.errors).toEqual([]);
});

test('what an error left in the element goes', async () => {
  await notebook.show(fixtures.data);
  await notebook.page.evaluate(() => document.querySelector('.output')!.append('an error of before'));
  await notebook.show(fixtures.data);
  expect(await notebook.page.locator('.output').evaluate((output) => output.textContent)).toBe('');
  expect(await notebook.page.locator('.samples .card').count()).toBe(4);
});
