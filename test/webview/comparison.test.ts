import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import chinese from '../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import { ComparisonHarness, type ComparisonPage } from './comparisonHarness';
import { openCurves, tell } from './curvesPanel';
import { shown, VARIANTS } from './fixtures/comparisons';
import { run } from './fixtures/curves';
import { PanelHarness } from './panelHarness';

let harness: ComparisonHarness;
beforeAll(async () => {
  harness = await ComparisonHarness.start();
});
afterAll(() => harness.stop());

const table = ({ page }: ComparisonPage, name: string): Locator => page.getByRole('table', { name, exact: true });
const rowsOf = async (found: Locator): Promise<string[]> =>
  (await found.getByRole('rowheader').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));

test('at first only what differs; everything with one key, and that is kept', async () => {
  const opened = await harness.open(shown(VARIANTS.slice(0, 3)));
  const { page } = opened;
  expect(await rowsOf(table(opened, 'Recipe'))).toEqual(['lora.target_modules', 'train.training.learning_rate']);
  expect(await page.getByText('no difference in 13 rows').count()).toBe(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await table(opened, 'Versions').waitFor();
  const all = await rowsOf(table(opened, 'Recipe'));
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter((name) => name.startsWith('≠'))).toEqual([
    '≠ differs: lora.target_modules',
    '≠ differs: train.training.learning_rate',
  ]);
  expect(await opened.kept()).toEqual({ rows: 'all', explained: false, marks: 'first' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.getByText('The size of each step.').waitFor();
  expect(await opened.kept()).toMatchObject({ explained: true });
  await opened.close();
});

test.each([420, 1100])('a cell belongs to a key and a run, and the best says so: %d pixels wide', async (width) => {
  const opened = await harness.open(shown(VARIANTS.slice(0, 2)), { width });
  const results = table(opened, 'Results');
  expect(await results.getByRole('columnheader').allTextContents()).toEqual(
    VARIANTS.slice(0, 2).map(({ name }) => expect.stringContaining(name)),
  );
  const loss = results.getByRole('row').filter({ has: opened.page.getByRole('rowheader', { name: 'Final loss' }) });
  const cells = await loss.locator('.cell-content').allInnerTexts();
  expect(cells.map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual(['5.6326', '3.4922 best −38.0%']);
  await opened.close();
});

test('answers stand beside each other, with the words that differ from the first run’s or from the reference', async () => {
  const opened = await harness.open(shown([...VARIANTS.slice(0, 2), VARIANTS[4]!]));
  const { page } = opened;
  const question = page.getByRole('article', { name: 'There is bacon in this sandwich.' });
  expect(await question.count()).toBe(1); // both modes in one
  expect(await question.getByText('and it is good').count()).toBe(2); // the base model once a mode
  const [first, second, stopped] = await question
    .locator('.compared-answers')
    .first()
    .locator('.compared-answer')
    .all();
  expect(await first?.locator('ins, del').count()).toBe(0);
  expect(await second?.locator('ins').allTextContents()).toEqual([' there', 'Yes, hrrrm']);
  expect(await second?.locator('.text').evaluate((text) => text.textContent)).toBe(
    'In this sandwich, bacon there is there. HmmYes, hrrrm.',
  );
  expect(await stopped?.innerText()).toContain('–');
  expect(await stopped?.getByText('not asked').count()).toBe(1);
  await page.getByRole('button', { name: 'the answer hoped for' }).click();
  expect(await first?.locator('ins').allTextContents()).toEqual([' Hmm.']);
  await page.getByRole('button', { name: 'nothing' }).click();
  expect(await question.locator('ins, del').count()).toBe(0);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

test('an answer that all gave stands once, and with each run where everything is shown', async () => {
  const opened = await harness.open(shown([VARIANTS[0]!, { ...VARIANTS[1]!, answer: VARIANTS[0]!.answer ?? null }]));
  const names = (): Promise<string[]> => opened.page.locator('.compared-answer h5').allInnerTexts();
  expect(await names()).toEqual(['All 2 runs', 'All 2 runs']);
  await opened.page.getByRole('button', { name: 'Everything' }).click();
  expect(await names()).toHaveLength(4);
  await opened.close();
});

test('losses that can’t be compared are said to be so, once; a row explains itself under the pointer', async () => {
  const opened = await harness.open(shown([VARIANTS[0]!, VARIANTS[5]!, VARIANTS[1]!]));
  const { page } = opened;
  expect(await page.getByText('The losses aren’t comparable').count()).toBe(1);
  expect(await table(opened, 'Data').getByText('changed: the same path, other content').count()).toBe(1);
  await page.getByText('SHA-256', { exact: true }).hover();
  await page.getByRole('tooltip').getByText('equal only where every byte is').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  await opened.close();
});

test('two runs that have hardly begun, in Chinese', async () => {
  const begun = { learningRate: '2e-4', until: 'trainable', status: 'running' } as const;
  const words = { language: 'zh-cn', translations: chinese };
  const opened = await harness.open(
    shown(
      [
        { name: '甲', ...begun },
        { name: '乙', ...begun },
      ],
      words,
    ),
    { language: 'zh-cn', width: 700 },
  );
  await opened.shot('comparison-begun-zh');
  expect(await opened.page.getByRole('heading', { name: '2 个运行的对比' }).count()).toBe(1);
  expect(await opened.page.getByText('这些运行都还没有生成回答').count()).toBe(1);
  expect(await opened.page.getByRole('table').count()).toBe(0);
  await opened.close();
});

test('below the curves: what is set there is kept with the panel, and news of a training draws none of it again', async () => {
  const panels = await PanelHarness.start();
  const { comparison, runs } = shown(VARIANTS.slice(0, 2));
  const curves = runs.map(({ name }, index) => run({ name, points: 40, seed: index + 1 }));
  const { panel } = await openCurves(panels, { runs: curves, comparison }, { theme: 'dark', width: 1200 });
  const { page } = panel;
  await panel.shot('comparison-below-curves');
  await page.getByRole('button', { name: 'Everything' }).click();
  await page.getByRole('table', { name: 'Versions' }).waitFor();
  expect(await panel.state()).toMatchObject({ comparison: { rows: 'all', marks: 'first' } });
  const cell = page.locator('.cell-value').first();
  await cell.evaluate((element) => (element.textContent = 'untouched'));
  const facts = { ...curves[0]!.facts, status: 'failed' as const };
  const columns = run({ name: 'news', points: 0 }).columns;
  await tell(panel, 'update', { facts, keep: 40, columns });
  await page.getByText('failed', { exact: true }).first().waitFor();
  expect(await cell.textContent()).toBe('untouched');
  expect(panel.errors).toEqual([]);
  await panel.close();
  await panels.stop();
});
