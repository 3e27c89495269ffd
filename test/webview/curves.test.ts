import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMNS } from '../../src/core/run/curveBuffer';
import type { CurveColumns, CurvesPicture } from '../../src/protocol/curvesPanel';
import { drawnPoints, openCurves, tell } from './curvesPanel';
import * as fixtures from './fixtures/curves';
import { type Panel, PanelHarness } from './panelHarness';

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

/** Other tests share the two cores. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

const lossPlot = ({ page }: Panel) => page.getByRole('slider', { name: 'Loss', exact: true });
const allPlots = ({ page }: Panel) => page.locator('.plot');

/** The part of the x axis that each chart shows. */
function spans(panel: Panel): Promise<(readonly [number, number])[]> {
  return allPlots(panel).evaluateAll((plots) =>
    plots.map(
      (plot) => [Number(plot.getAttribute('aria-valuemin')), Number(plot.getAttribute('aria-valuemax'))] as const,
    ),
  );
}

/** The one span that all charts show. */
async function span(panel: Panel): Promise<readonly [number, number]> {
  const all = await spans(panel);
  for (const other of all) expect(other).toEqual(all[0]);
  return all[0]!;
}

function sliced(columns: CurveColumns, start: number, end?: number): CurveColumns {
  // SAFETY: each column of the type is in COLUMNS.
  return Object.fromEntries(COLUMNS.map((name) => [name, columns[name].slice(start, end)])) as unknown as CurveColumns;
}

describe('what is shown', () => {
  test('the runs with their state and latest values, a chart for each curve that was measured', async () => {
    const { panel, asked } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    expect(asked).toEqual([['ready', null]]);
    const rows = page.locator('.runs tbody tr');
    expect((await rows.nth(0).innerText()).replaceAll(/\s+/g, ' ')).toContain(
      'yoda running 220 / 660 about 5 min 42 s left 0.4068 0.5835',
    );
    expect(await rows.nth(1).locator('.badge').textContent()).toBe('failed');
    expect(await page.getByText('The loss became NaN at step 180.').count()).toBe(1);
    expect(await allPlots(panel).count()).toBe(5);
    const bare = fixtures.run({ name: 'bare', points: 20 });
    bare.columns.memoryBytes.fill(Number.NaN);
    bare.columns.evalLoss.fill(Number.NaN);
    await tell(panel, 'picture', { runs: [bare], comparison: null });
    expect(await page.getByRole('button', { name: /Peak memory|Eval loss/ }).count()).toBe(0);
    expect(await allPlots(panel).count()).toBe(4);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('a run without points says what it does; its curves begin when they come', async () => {
    const { panel } = await openCurves(harness, { runs: [fixtures.waiting], comparison: null });
    const { page } = panel;
    expect(await page.getByRole('status').innerText()).toContain('model: Loading weights, 41%');
    expect(await page.getByRole('slider').count()).toBe(0);
    const facts = { ...fixtures.yoda.facts, directory: fixtures.waiting.facts.directory };
    await tell(panel, 'update', { facts, keep: 0, columns: fixtures.yoda.columns });
    await eventually(() => allPlots(panel).count()).toBe(5);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('points come as news: the last one again with its evaluation, all anew where a training began again', async () => {
    const { facts, columns } = fixtures.yoda;
    const begin: CurvesPicture = {
      runs: [{ facts: { ...facts, trainStep: 100 }, columns: sliced(columns, 0, 100) }],
      comparison: null,
    };
    const { panel } = await openCurves(harness, begin);
    const { page } = panel;
    const cell = (curve: string) => page.locator(`.runs td[data-curve=${curve}]`).innerText();
    const more = sliced(columns, 99, 150);
    more.evalLoss[0] = 1.2345;
    more.evalLoss.fill(Number.NaN, 1);
    await tell(panel, 'update', { facts: { ...facts, trainStep: 150 }, keep: 99, columns: more });
    await eventually(async () => (await span(panel))[1]).toBe(150);
    expect(await cell('evalLoss')).toBe('1.2345');
    expect(await cell('loss')).toBe(columns.loss[149]!.toFixed(4));

    const markers = [{ kind: 'batchSizeReduced', trainStep: 150, text: 'batch size 8 → 4' }] as const;
    await tell(panel, 'update', {
      facts: { ...facts, trainStep: 3, markers },
      keep: 0,
      columns: sliced(columns, 0, 3),
    });
    await eventually(async () => (await span(panel))[1]).toBe(3);
    expect(await page.locator('.reached .number').textContent()).toBe('3 / 660');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('a loss that is no number is a gap in its line, and said where it is read', async () => {
    const broken = fixtures.run({ name: 'broken', points: 40 });
    broken.columns.loss.fill(Number.POSITIVE_INFINITY, 20, 25);
    const { panel } = await openCurves(harness, { runs: [broken], comparison: null });
    const { page } = panel;
    const before = await drawnPoints(panel);
    await lossPlot(panel).focus();
    await page.keyboard.press('Home');
    for (let press = 0; press < 21; press++) await page.keyboard.press('ArrowRight');
    await eventually(() => page.locator('.runs td[data-curve=loss]').innerText()).toBe('not finite');
    expect(await lossPlot(panel).getAttribute('aria-valuetext')).toContain('Step 22; Loss not finite');
    // 35 losses and a gap, as logged and smoothed, beside the evaluations
    const evaluations = broken.columns.evalLoss.filter((value) => !Number.isNaN(value)).length;
    expect(before['loss']).toBe(2 * 36 + evaluations);
    await panel.close();
  });
});

describe('looking closer', () => {
  test('the pointer moves a hair through all charts, and the table reads what is there', async () => {
    const { panel } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    await lossPlot(panel).hover({ position: { x: 400, y: 100 } });
    await eventually(() => page.locator('.hair:not([hidden])').count()).toBe(5);
    const [at] = await page.locator('.runs thead .reached').allTextContents();
    const step = Number(/At step (\d+)/.exec(at!)![1]);
    expect(await page.locator('.runs td[data-curve=loss]').first().innerText()).toBe(
      fixtures.yoda.columns.loss[step - 1]!.toFixed(4),
    );
    // the third begins later
    expect(await page.locator('.runs td[data-curve=loss]').last().textContent()).not.toMatch(/\d/);
    await page.mouse.move(2, 2);
    await eventually(() => page.locator('.hair:not([hidden])').count()).toBe(0);
    await panel.close();
  });

  test('dragging, the wheel and the keys zoom all charts alike, and everything is one key away', async () => {
    const { panel } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    const box = (await lossPlot(panel).boundingBox())!;
    const whole = await span(panel);
    expect(whole).toEqual([1, 220]);
    await page.mouse.move(box.x + 200, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 80, { steps: 3 });
    expect(await page.locator('.main .selection:not([hidden])').count()).toBe(1);
    await page.mouse.up();
    await eventually(async () => (await span(panel))[1]).toBeLessThan(140);
    const dragged = await span(panel);
    expect(dragged[0]).toBeGreaterThan(20);

    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect
      .poll(async () => (await span(panel))[1] - (await span(panel))[0])
      .toBeLessThan(dragged[1] - dragged[0]);

    await lossPlot(panel).focus();
    await page.keyboard.press('0');
    await eventually(() => span(panel)).toEqual(whole);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await eventually(async () => (await span(panel))[1] - (await span(panel))[0]).toBeCloseTo(219 * 0.49, 5);
    const [left] = await span(panel);
    await page.keyboard.press('Shift+ArrowRight');
    await eventually(async () => (await span(panel))[0]).toBeGreaterThan(left);
    await page.getByRole('button', { name: 'Show all' }).click();
    await eventually(() => span(panel)).toEqual(whole);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('a part that is looked at stays while points come', async () => {
    const { panel } = await openCurves(harness, fixtures.one);
    await lossPlot(panel).focus();
    await panel.page.keyboard.press('+');
    await eventually(async () => (await span(panel))[1]).toBeLessThan(220);
    const before = await span(panel);
    const longer = fixtures.run({ name: 'yoda', points: 400 });
    const columns = sliced(longer.columns, 220);
    await tell(panel, 'update', { facts: { ...fixtures.yoda.facts, trainStep: 400 }, keep: 220, columns });
    await eventually(() => panel.page.locator('.reached .number').textContent()).toBe('400 / 660');
    expect(await span(panel)).toEqual(before);
    await panel.close();
  });

  test('a resumed run shows the checkpoint that it began at', async () => {
    const { panel } = await openCurves(harness, { runs: [fixtures.resumed], comparison: null });
    expect(await span(panel)).toEqual([140, 220]);
    expect(await panel.page.locator('.lane button').getAttribute('aria-label')).toBe(
      'Step 140: resumed from checkpoint-140',
    );
    await panel.close();
  });

  test('over time, runs begin together; a logarithmic axis leaves out what is zero', async () => {
    const { panel } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    await page.getByRole('button', { name: 'Time' }).click();
    const last = Math.max(
      ...fixtures.three.runs.map(({ facts, columns }) => columns.time.at(-1)! - facts.trainStartedAt!),
    );
    await eventually(async () => (await span(panel))[1]).toBeCloseTo(last, 6);
    const before = await drawnPoints(panel);
    await page.getByRole('button', { name: 'Logarithmic axis: Learning rate' }).click();
    await eventually(async () => (await drawnPoints(panel))['learningRate']).toBe(before['learningRate']! - 3);
    expect(await panel.state()).toMatchObject({ xAxis: 'time', log: ['learningRate'] });
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('markers tell by pointer and by key what happened, and stand in a table', async () => {
    const { panel } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    const lane = page.getByRole('toolbar', { name: 'What happened on the way' });
    const icons = lane.getByRole('button');
    expect(await icons.count()).toBeGreaterThan(4);
    await icons.first().focus();
    const tip = page.locator('.page > .tip');
    expect(await tip.innerText()).toContain('out of memory, started again: batch size 16 → 14');
    await page.keyboard.press('ArrowRight');
    expect((await tip.innerText()).match(/checkpoint-70/g)?.length).toBe(2);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.runs thead .reached').textContent()).toBe('At step 220');
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
    expect(await page.locator('.lane button[tabindex="0"]').count()).toBe(1);

    await page.locator('.events summary').click();
    const rows = await page.locator('.events tbody tr').allInnerTexts();
    expect(rows.length).toBe(9);
    expect(rows.some((row) => /180\s+not a number\s+loss is NaN\s+yoda, learning rate 2e-3/.test(row))).toBe(true);
    await panel.close();
  });
});

describe('choosing', () => {
  test('the legend hides and shows runs and curves by keyboard, and remembers it', async () => {
    const { panel } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    const all = await drawnPoints(panel);
    const yoda = page.getByRole('button', { name: 'yoda', exact: true });
    await yoda.focus();
    await page.keyboard.press('Space');
    expect(await yoda.getAttribute('aria-pressed')).toBe('false');
    await eventually(async () => (await drawnPoints(panel))['learningRate']).toBe(all['learningRate']! - 220);
    const memory = page.getByRole('button', { name: 'Peak memory', exact: true });
    await memory.focus();
    await page.keyboard.press('Enter');
    await eventually(() => allPlots(panel).count()).toBe(4);
    await page.getByRole('button', { name: 'Eval loss', exact: true }).press('Enter');
    await eventually(async () => (await drawnPoints(panel))['loss']).toBe(2 * (180 + 40));
    expect(await panel.state()).toMatchObject({
      hiddenRuns: [fixtures.yoda.facts.directory],
      hiddenCurves: ['memoryBytes', 'evalLoss'],
      directories: fixtures.three.runs.map(({ facts }) => facts.directory),
    });
    await panel.close();
  });

  test('a panel that comes back shows its runs again, as they were set', async () => {
    const directories = [fixtures.highRate.facts.directory, fixtures.resumed.facts.directory];
    const state = { directories, xAxis: 'time', smoothing: 0, hiddenCurves: ['gradNorm'] };
    const { panel, asked } = await openCurves(harness, fixtures.three, { state });
    expect(asked).toEqual([['showRuns', directories]]);
    expect(await panel.page.locator('.runs tbody tr').count()).toBe(2);
    expect(await panel.page.getByRole('button', { name: 'Time' }).getAttribute('aria-pressed')).toBe('true');
    expect(await allPlots(panel).count()).toBe(4);
    await panel.close();
  });

  test('smoothing goes through the measured points, none of it draws each once', async () => {
    const { panel } = await openCurves(harness, fixtures.one);
    const smoothed = (await drawnPoints(panel))['gradNorm']!;
    await panel.page.getByRole('slider', { name: 'Smoothing' }).fill('0');
    await eventually(async () => (await drawnPoints(panel))['gradNorm']).toBe(smoothed / 2);
    expect(await panel.state()).toMatchObject({ smoothing: 0 });
    await panel.close();
  });

  test('what can be done with a run is asked of the extension', async () => {
    const { panel, asked } = await openCurves(harness, fixtures.three);
    const { page } = panel;
    const [yoda, highRate, resumed] = fixtures.three.runs.map(({ facts }) => facts.directory);
    await page.getByRole('button', { name: 'Stop yoda: a checkpoint is saved first' }).click();
    expect(await page.getByRole('button', { name: /^Stop/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Open the recipe of yoda', exact: true }).click();
    await page.getByRole('button', { name: 'Show the folder of yoda', exact: true }).click();
    await page.getByRole('button', { name: 'Choose runs…' }).click();
    await page.getByRole('button', { name: 'Take yoda, learning rate 2e-3 out of this view' }).click();
    await eventually(() => page.locator('.runs tbody tr').count()).toBe(2);
    expect(asked.slice(1)).toEqual([
      ['stop', yoda],
      ['openRun', yoda],
      ['revealRun', yoda],
      ['chooseRuns', null],
      ['showRuns', [yoda, resumed]],
    ]);
    expect(highRate).not.toBe(yoda);
    await panel.close();
  });
});

describe('taking it along', () => {
  test('CSV: every point of the shown runs at full precision', async () => {
    const { panel, asked } = await openCurves(harness, fixtures.three, {
      state: { hiddenRuns: [fixtures.resumed.facts.directory] },
    });
    await panel.page.getByRole('button', { name: 'Save CSV…' }).click();
    await eventually(() => asked.length).toBe(2);
    const [, [name, file]] = asked as unknown as [unknown, readonly ['saveFile', { name: string; base64: string }]];
    expect(name).toBe('saveFile');
    expect(file.name).toBe('yoda-and-1-more-curves.csv');
    const lines = Buffer.from(file.base64, 'base64').toString('utf8').split('\r\n');
    expect(lines.length).toBe(1 + 220 + 180 + 1);
    const { columns, facts } = fixtures.highRate;
    expect(lines[221]).toBe(
      [
        '"yoda, learning rate 2e-3"',
        `"${facts.directory}"`,
        1,
        columns.time[0],
        Math.round((columns.time[0]! - facts.trainStartedAt!) * 1e6) / 1e6,
        columns.loss[0],
        '',
        columns.learningRate[0],
        columns.gradNorm[0],
        columns.tokensPerSecond[0],
        columns.memoryBytes[0],
      ].join(','),
    );
    await panel.close();
  });

  test('PNG: the charts that are shown, twice as sharp, on the theme’s background', async () => {
    const { panel, asked } = await openCurves(harness, fixtures.three, { theme: 'dark' });
    await panel.page.getByRole('button', { name: 'Save picture…' }).click();
    await eventually(() => asked.length).toBe(2);
    const { base64 } = asked[1]![1] as { base64: string };
    const png = await panel.page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (character) => character.codePointAt(0)!);
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const blue = (at: number): boolean => data[at]! < 110 && data[at + 2]! > 220;
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if (blue(at)) count++;
      return { width: image.width, height: image.height, corner: [...data.subarray(0, 3)], blue: count };
    }, base64);
    mkdirSync('out/webview', { recursive: true });
    writeFileSync('out/webview/curves-export.png', Buffer.from(base64, 'base64'));
    expect(png.width).toBeGreaterThan(1800);
    expect(png.height).toBeGreaterThan(1500);
    expect(png.corner).toEqual([31, 31, 31]);
    expect(png.blue).toBeGreaterThan(2000);
    // the charts on the page are as they were
    expect(await panel.page.locator('.main canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeLessThan(
      1000,
    );
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('the values as a table: all of a part, some of a long whole, and it says so', async () => {
    const long = fixtures.run({ name: 'long', points: 5000 });
    const { panel } = await openCurves(harness, { runs: [long], comparison: null });
    const { page } = panel;
    await page.locator('.values summary').click();
    await eventually(() => page.locator('.points tbody tr').count()).toBeGreaterThan(300);
    expect(await page.locator('.points tbody tr').count()).toBeLessThanOrEqual(401);
    expect(await page.locator('.values p').innerText()).toContain('of 5,000 points of the part that is shown');
    await lossPlot(panel).focus();
    for (let press = 0; press < 8; press++) await page.keyboard.press('+');
    await eventually(async () => (await span(panel))[1] - (await span(panel))[0]).toBeCloseTo(4999 * 0.7 ** 8, 3);
    const [min, max] = await span(panel);
    await eventually(() => page.locator('.points tbody tr').count()).toBe(Math.floor(max) - Math.ceil(min) + 1);
    expect(await page.locator('.values p').count()).toBe(0);
    await panel.close();
  });
});

test('three runs of 100,000 points: what is drawn depends on the width, and all of it can be reached', async () => {
  const runs = [1, 2, 3].map((seed) => fixtures.run({ name: `long ${seed}`, points: 100_000, seed }));
  // one step of a hundred thousand that is higher than all others
  runs[0]!.columns.gradNorm[61_803] = 99;
  const { panel } = await openCurves(harness, { runs, comparison: null }, { width: 1200 });
  const { page } = panel;
  const drawn = await drawnPoints(panel);
  for (const [curve, count] of Object.entries(drawn)) {
    expect(count, curve).toBeGreaterThan(500);
    expect(count, curve).toBeLessThan(curve === 'loss' ? 3 * 1200 * 4 : 3 * 600 * 4);
  }
  const box = (await page.locator('.plot[data-curve=gradNorm]').boundingBox())!;
  await page.mouse.move(box.x + 64 + (box.width - 92) * 0.6, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 64 + (box.width - 92) * 0.64, box.y + 60, { steps: 2 });
  await page.mouse.up();
  await eventually(async () => (await span(panel))[0]).toBeGreaterThan(55_000);
  const [min, max] = await span(panel);
  expect(max - min).toBeLessThan(6000);
  // down to single steps around the peak
  await page.locator('.plot[data-curve=gradNorm]').focus();
  await page.keyboard.press('Home');
  for (let press = 0; press < 16; press++) await page.keyboard.press('+');
  await eventually(async () => (await span(panel))[1] - (await span(panel))[0]).toBeLessThan(40);
  await eventually(async () => (await drawnPoints(panel))['learningRate']).toBeLessThan(150);

  await page.keyboard.press('0');
  await eventually(() => span(panel)).toEqual([1, 100_000]);
  const toggle = page.getByRole('button', { name: 'long 2', exact: true });
  await toggle.click();
  await eventually(async () => (await drawnPoints(panel))['learningRate']).toBe((drawn['learningRate']! * 2) / 3);
  expect(panel.errors).toEqual([]);
  await panel.close();
});
