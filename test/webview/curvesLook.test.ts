import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCurves, tell } from './curvesPanel';
import * as fixtures from './fixtures/curves';
import { overflowing, textLooks } from './inspect';
import { type Panel, PanelHarness, THEMES } from './panelHarness';

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

/** Other tests share the two cores. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

test.each(THEMES)(
  'in the theme %s all text can be read, all lines be seen, and nothing breaks the policy',
  async (theme) => {
    const { panel } = await openCurves(harness, fixtures.three, { theme, width: 1200 });
    const { page } = panel;
    await page.locator('.events summary').click();
    await page.locator('.main .plot').hover({ position: { x: 500, y: 90 } });
    await eventually(() => page.locator('.hair:not([hidden])').count()).toBe(5);
    const looks = await textLooks(page);
    expect(looks.length).toBeGreaterThan(80);
    expect(looks.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    expect(looks.filter(({ sizePx }) => sizePx < 12 && sizePx > 0)).toEqual([]);
    await panel.shot(`curves-${theme}`);

    const runs = [1, 2, 3, 4, 5, 6].map((seed) => fixtures.run({ name: `run ${seed}`, points: 60, seed }));
    await tell(panel, 'picture', { runs, comparison: null });
    await eventually(() => page.locator('.swatch').count()).toBe(6);
    // WCAG 1.4.11: three to one for what a picture can't be understood without
    expect((await contrasts(panel)).filter((contrast) => contrast < 3)).toEqual([]);
    const shapes = await page
      .locator('.swatch')
      .evaluateAll((all) => all.map((one) => one.querySelector('path')!.getAttribute('d')));
    expect(new Set(shapes).size).toBe(6);
    await panel.shot(`curves-six-${theme}`);
    expect(panel.errors).toEqual([]);
    await panel.close();
  },
);

/** Of the lines of the legend, to what lies behind them. */
function contrasts({ page }: Panel): Promise<number[]> {
  return page.locator('.swatch line').evaluateAll((lines) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    const luminance = (color: string): number => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
        const unit = value / 255;
        return unit <= 0.03928 ? unit / 12.92 : ((unit + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = luminance(getComputedStyle(document.documentElement).backgroundColor);
    return lines.map((line) => {
      const own = luminance(getComputedStyle(line).stroke);
      return (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05);
    });
  });
}

test.each([
  [420, 'en'],
  [800, 'zh-cn'],
  [1700, 'en'],
] as const)('%d pixels wide, nothing is wider than the panel: %s', async (width, language) => {
  const { panel } = await openCurves(harness, fixtures.three, { width, language, theme: 'dark-2026' });
  await panel.shot(`curves-${width}`);
  await panel.page.locator('.values summary').click();
  await eventually(() => panel.page.locator('.points tbody tr').count()).toBeGreaterThan(100);
  // A table of values may be scrolled.
  const found = await overflowing(panel.page);
  expect(found.filter((one) => !/^t(able|body|head|[dhr])\./.test(one))).toEqual([]);
  expect(panel.errors).toEqual([]);
  await panel.close();
});

test('a run that waits and one that came to nothing say so', async () => {
  const nothing = fixtures.run({
    name: 'nothing',
    points: 0,
    facts: { status: 'failed', note: 'The model isn’t there: ./base. Check model_name_or_path.' },
  });
  for (const [name, run] of [
    ['waits', fixtures.waiting],
    ['nothing', nothing],
  ] as const) {
    const { panel } = await openCurves(harness, { runs: [run], comparison: null }, { width: 900, height: 500 });
    expect(await panel.page.getByRole('status').innerText()).toContain(run.facts.note);
    await panel.shot(`curves-${name}`);
    await panel.close();
  }
});
