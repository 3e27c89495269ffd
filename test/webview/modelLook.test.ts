import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moe, phi3Mini, vision } from './fixtures/models';
import { overflowing, textLooks } from './inspect';
import { openModel, pictureOf } from './modelPanel';
import { PanelHarness, THEMES } from './panelHarness';

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

const actual = { loadedBytes: 2_206_341_312, preparedBytes: 2_651_074_752, peakBytes: 3.4e9 };

describe.each(THEMES)('in the theme %s', (theme) => {
  test.each([
    ['phi3', phi3Mini],
    ['vision', vision],
  ] as const)('all text can be read, and nothing breaks the policy: %s', async (name, structure) => {
    const { panel } = await openModel(harness, pictureOf(structure, { actual }), { theme, width: 1300 });
    await panel.shot(`model-${name}-${theme}`);
    const looks = await textLooks(panel.page);
    expect(looks.length).toBeGreaterThan(100);
    expect(looks.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    expect(looks.filter(({ sizePx }) => sizePx < 12 && sizePx > 0)).toEqual([]);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });
});

describe.each([400, 700, 1000, 1400])('%d pixels wide', (width) => {
  test.each([
    ['phi3', phi3Mini],
    ['moe', moe],
    ['vision', vision],
  ] as const)('nothing is wider than the panel: %s', async (name, structure) => {
    const { panel } = await openModel(harness, pictureOf(structure), { width, theme: 'dark' });
    await panel.shot(`model-${name}-${width}`);
    expect(await overflowing(panel.page)).toEqual([]);
    await panel.close();
  });

  test('nor in Chinese', async () => {
    const { panel } = await openModel(harness, pictureOf(vision), { width, language: 'zh-cn' });
    await panel.shot(`model-chinese-${width}`);
    expect(await overflowing(panel.page)).toEqual([]);
    await panel.close();
  });
});
