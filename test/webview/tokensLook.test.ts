import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as views from './fixtures/tokenViews';
import { overflowing, textLooks } from './inspect';
import { PanelHarness, THEMES } from './panelHarness';
import { openTokens, pictureOf } from './tokensPanel';

const WAIT = { timeout: 20_000 };

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

const everything = pictureOf({ ...views.packed, findings: [views.truncatedFinding, views.unsupportedFinding] });

describe.each(THEMES)('in the theme %s', (theme) => {
  test.each(['blocks', 'text'])('all text can be read, and nothing breaks the policy of the page: %s', async (zoom) => {
    const { panel } = await openTokens(harness, everything, { theme, state: { zoom, batch: 0 } });
    await panel.page.locator('summary').click();
    // Sequences are made as they come into view.
    const looks = await vi.waitFor(async () => {
      const made = await textLooks(panel.page);
      expect(made.length).toBeGreaterThan(zoom === 'text' ? 300 : 60);
      return made;
    }, WAIT);
    await panel.shot(`tokens-${zoom}-${theme}`);
    expect(looks.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    expect(looks.filter(({ sizePx }) => sizePx < 12 && sizePx > 0)).toEqual([]);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });
});

describe.each([420, 1200])('%d pixels wide', (width) => {
  test.each(['blocks', 'text'])('nothing is wider than the panel: %s', async (zoom) => {
    const { panel } = await openTokens(harness, everything, { width, theme: 'dark', state: { zoom, batch: 0 } });
    await panel.shot(`tokens-${zoom}-${width}`);
    expect(await overflowing(panel.page)).toEqual([]);
    await panel.close();
  });
});
