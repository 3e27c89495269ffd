import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ComparisonHarness } from './comparisonHarness';
import { shown, VARIANTS } from './fixtures/comparisons';
import { overflowing, textLooks } from './inspect';
import { THEMES } from './panelHarness';

let harness: ComparisonHarness;
beforeAll(async () => {
  harness = await ComparisonHarness.start();
});
afterAll(() => harness.stop());

test.each(THEMES)('in the theme %s all text can be read, and nothing breaks the policy of the page', async (theme) => {
  const opened = await harness.open(shown(VARIANTS.slice(0, 3)), { theme });
  await opened.shot(`comparison-${theme}`);
  const looks = await textLooks(opened.page);
  expect(looks.length).toBeGreaterThan(60);
  expect(looks.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
  expect(looks.filter(({ sizePx }) => sizePx < 12)).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

describe.each([420, 700, 1400])('%d pixels wide', (width) => {
  test.each([2, 6])('nothing is wider than the panel, but what scrolls: %d runs', async (count) => {
    const kept = count === 6 ? { rows: 'all', explained: true } : undefined;
    const opened = await harness.open({ ...shown(VARIANTS.slice(0, count)), kept }, { width, theme: 'dark' });
    await opened.shot(`comparison-${count}-${width}`);
    const wide = await overflowing(opened.page);
    // six columns scroll in their frame where they don't fit
    const scrolls = count === 6 && width === 700;
    expect(wide.filter((name) => name === 'page' || !scrolls)).toEqual([]);
    await opened.close();
  });
});
