import { afterAll, beforeAll, expect, test } from 'vitest';
import * as fixtures from './fixtures/outputs';
import { Harness, type Notebook } from './harness';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

/** How many pixels of the canvas have (about) this colour, and where: as shares of its width and height. */
function painted(
  notebook: Notebook,
  name: string,
): Promise<{ count: number; left: number; right: number; top: number; bottom: number }> {
  return notebook.page.locator('canvas').evaluate((canvas: HTMLCanvasElement, variable) => {
    const { width, height } = canvas;
    const scratch = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    scratch.fillStyle = getComputedStyle(canvas).getPropertyValue(variable);
    scratch.fillRect(0, 0, 1, 1);
    const color = scratch.getImageData(0, 0, 1, 1).data;
    scratch.clearRect(0, 0, 1, 1);
    scratch.drawImage(canvas, 0, 0);
    const { data } = scratch.getImageData(0, 0, width, height);
    const box = { count: 0, left: 1, right: 0, top: 1, bottom: 0 };
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3]! < 200 || [0, 1, 2].some((part) => Math.abs(data[at + part]! - color[part]!) > 24)) continue;
      const x = ((at / 4) % width) / width;
      const y = Math.floor(at / 4 / width) / height;
      box.count++;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    return box;
  }, name);
}

test('the loss is drawn from its first to its last step, in the colours of the theme', async () => {
  const notebook = await harness.open('dark');
  await notebook.show(fixtures.train);
  const loss = await painted(notebook, '--vscode-charts-blue');
  expect(loss.count).toBeGreaterThan(500);
  expect(loss.left).toBeLessThan(0.15);
  expect(loss.right).toBeGreaterThan(0.85);
  expect(loss.bottom - loss.top).toBeGreaterThan(0.4);
  expect((await painted(notebook, '--vscode-charts-purple')).count).toBeGreaterThan(100);
  await notebook.page.locator('.series.loss vscode-checkbox').click();
  await expect.poll(async () => (await painted(notebook, '--vscode-charts-blue')).count).toBe(0);
  await notebook.close();
});

test('a longer curve replaces a shorter one, also when it is thinned out', async () => {
  const notebook = await harness.open();
  const show = (count: number): Promise<void> =>
    notebook.show({
      ...fixtures.training,
      started: { ...fixtures.training.started!, totalSteps: 100_000 },
      points: fixtures.curve(count, count),
    });
  const reached: number[] = [];
  for (const count of [100, 20_000, 50_000, 100_000]) {
    await show(count);
    reached.push((await painted(notebook, '--vscode-charts-blue')).right);
  }
  expect(reached[1]).toBeGreaterThan(reached[0]!);
  expect(reached[2]).toBeGreaterThan(reached[1]! + 0.1);
  expect(reached[3]).toBeGreaterThan(0.85);
  expect(await notebook.page.locator('canvas').getAttribute('aria-label')).toContain('at step 100,000');
  await notebook.page.getByText('Logged values').click();
  expect(await notebook.page.locator('.points tbody tr').count()).toBeLessThanOrEqual(101);
  expect(await notebook.page.locator('.points tbody tr th').last().textContent()).toBe('100,000');
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test('another theme recolours the curve', async () => {
  const notebook = await harness.open('light');
  await notebook.show(fixtures.train);
  await notebook.page.evaluate(() => {
    document.documentElement.style.setProperty('--vscode-charts-blue', '#ff00aa');
    document.body.classList.add('another');
  });
  await expect.poll(async () => (await painted(notebook, '--vscode-charts-blue')).count).toBeGreaterThan(500);
  await notebook.close();
});

test('checkpoints are flags on the axis, steps without a loss lines', async () => {
  const notebook = await harness.open('light');
  await notebook.show({ ...fixtures.train, nonFiniteAt: [110] });
  expect((await painted(notebook, '--vscode-charts-green')).count).toBeGreaterThan(20);
  const broken = await painted(notebook, '--vscode-charts-red');
  expect(broken.right - broken.left).toBeLessThan(0.02);
  expect(broken.bottom - broken.top).toBeGreaterThan(0.5);
  await notebook.close();
});
