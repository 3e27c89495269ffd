import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StepOutput } from '../../src/protocol/outputs';
import { all } from './fixtures/outputs';
import { Harness } from './harness';

const HOSTILE =
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{constructor}}" onfocus="window.hacked=1';
/** Words that choose a branch; all other text of an output is free. */
const FIXED = new Set([
  'step',
  'status',
  'language',
  'type',
  'role',
  'mode',
  'stopReason',
  'chatTemplateSource',
  'device',
  'kind',
]);

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

/** The same output with every free text replaced. */
function hostile<T>(value: T, key = ''): T {
  const replaced: unknown =
    typeof value === 'string' && !FIXED.has(key)
      ? HOSTILE
      : Array.isArray(value)
        ? value.map((item) => hostile(item, key))
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hostile(item, name)]))
          : value;
  // SAFETY: strings became strings, everything else kept its shape.
  return replaced as T;
}

test.each(Object.entries(all))('text in %s is shown as text', async (name, output: StepOutput) => {
  const notebook = await harness.open();
  await notebook.show(hostile(output), name);
  const page = notebook.page;
  for (const toggle of await page.locator('vscode-checkbox').all()) await toggle.click();
  for (const summary of await page.locator('summary').all()) await summary.click();
  const token = page.locator('.token').first();
  if ((await token.count()) > 0 && (await token.isVisible())) await token.hover();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.locator('img, .step script, [onfocus], [onerror]').count()).toBe(0);
  expect(await page.locator('.step').evaluate((step) => step.textContent?.includes('<img src=x'))).toBe(true);
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test.each([
  ['no JSON', '{"version": 1, '],
  ['another version', JSON.stringify({ ...all.data, version: 2 })],
  ['no object', '[]'],
])('%s is told instead of drawn', async (_, text) => {
  const notebook = await harness.open();
  await notebook.show(all.data);
  await notebook.show(text);
  expect(await notebook.page.locator('.empty').textContent()).toContain('another version of Tunebook');
  await notebook.show(all.data);
  expect(await notebook.page.locator('.samples .card').count()).toBe(4);
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test('the bundle is small and makes no code from text', () => {
  expect(harness.bundle.length).toBeLessThan(400_000);
  expect(harness.bundle).not.toMatch(/\beval\(|new Function\(|\bFunction\(["'`]/);
});
