import assert from 'node:assert/strict';

/** A panel at 500 and 1,200 pixels, light and dark. It has half of a window without a side bar. */
export async function atWidths(workbench, view, label, checks) {
  const { page } = workbench;
  const before = page.viewportSize();
  for (const [width, windowWidth] of [
    [500, 1050],
    [1200, 2450],
  ])
    await checks.verify(`nothing is cut off at ${width} pixels`, async () => {
      await page.setViewportSize({ width: windowWidth, height: 1400 });
      await page.waitForTimeout(500);
      for (const theme of ['light', 'dark']) {
        await workbench.setTheme(theme);
        await workbench.screenshot(`${label}-${width}-${theme}`);
      }
      const overflow = await (await view('.page')).evaluate((element) => element.scrollWidth - element.clientWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    });
  if (before !== null) await page.setViewportSize(before);
}
