import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alpaca, shareGpt, transcripts } from './fixtures/datasets';
import { type Dataset, extensionOf, REPORT } from './fixtures/formatExtension';
import { overflowing, textLooks } from './inspect';
import { type Panel, PanelHarness, THEMES } from './panelHarness';

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

const DATASETS: readonly (readonly [string, Dataset])[] = Object.entries({ alpaca, shareGpt, transcripts });

async function rowsShown(panel: Panel): Promise<void> {
  await panel.page.locator('.preview .row').first().waitFor();
}

const looks = [
  ...DATASETS.map(([name, dataset]) => [name, () => extensionOf(dataset).handlers, '.preview .row'] as const),
  [
    'report',
    () => extensionOf(alpaca, { snapshot: { job: { kind: 'done', report: REPORT } } }).handlers,
    '.skipped-rows tr',
  ] as const,
  [
    'running',
    () =>
      extensionOf(alpaca, {
        snapshot: {
          job: { kind: 'running', progress: { bytes: 3_100_000, totalBytes: 12_400_000, rows: 12_800, skipped: 2 } },
        },
        follow: () => new Promise(() => {}),
      }).handlers,
    'vscode-progress-bar',
  ] as const,
  [
    'failed',
    () =>
      extensionOf(alpaca, {
        snapshot: {
          unsaved: true,
          job: { kind: 'failed', reason: { text: 'There is no room left on the disk.', args: [] } },
        },
      }).handlers,
    '.preview .row',
  ] as const,
  [
    'unreadable',
    () =>
      extensionOf({
        ...alpaca,
        rows: [],
        detections: [],
        preview: { problem: { line: 3, row: 2, reason: { text: '{0} is never closed by }.', args: ['{'] } } },
      }).handlers,
    '.notice',
  ] as const,
];

/** What covers all parts: forms share theirs. */
const varied = looks.filter(([name]) => ['shareGpt', 'failed', 'report'].includes(name));

describe.each(THEMES)('in the theme %s', (theme) => {
  test.each(varied)(
    'all text of %s can be read, and nothing breaks the policy of the page',
    async (name, handlers, shown) => {
      const panel = await harness.openPanel('format', { handlers: handlers(), theme });
      await panel.page.locator(shown).first().waitFor();
      const texts = await textLooks(panel.page);
      await panel.shot(`format-${name}-${theme}`);
      expect(texts.length).toBeGreaterThan(5);
      expect(texts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
      expect(texts.filter(({ sizePx }) => sizePx < 12 && sizePx > 0)).toEqual([]);
      expect(panel.errors).toEqual([]);
      await panel.close();
    },
  );
});

describe.each([400, 800, 1400])('%d pixels wide', (width) => {
  test.each(looks)('nothing of %s is wider than the tab', async (name, handlers, shown) => {
    const language = width === 400 ? 'zh-cn' : 'en';
    const panel = await harness.openPanel('format', { handlers: handlers(), width, language });
    await panel.page.locator(shown).first().waitFor();
    await panel.shot(`format-${name}-${width}`);
    expect(await overflowing(panel.page)).toEqual([]);
    await panel.close();
  });

  test('neither are names without spaces', async () => {
    const long = 'x'.repeat(300);
    const { mapping } = shareGpt.detections[0]!;
    const row = { [long]: [{ from: long, value: long }], tools: long };
    const dataset: Dataset = {
      name: `${long}.jsonl`,
      rows: [row],
      detections: [{ form: 'shareGpt', confidence: 'guess', mapping: { ...mapping, column: long } as typeof mapping }],
    };
    const panel = await harness.openPanel('format', { handlers: extensionOf(dataset).handlers, width });
    await rowsShown(panel);
    expect(await overflowing(panel.page)).toEqual([]);
    await panel.close();
  });
});

test('every word of the panel is in Chinese', async () => {
  for (const [, dataset] of DATASETS) {
    const panel = await harness.openPanel('format', { handlers: extensionOf(dataset).handlers, language: 'zh-cn' });
    await rowsShown(panel);
    const english = await panel.page
      .locator('.panel')
      .evaluate((element) =>
        [
          ...element.querySelectorAll(
            'label, .label, legend, h2, dt, caption, thead th, .hint, .role, .notice-title, .kicker, vscode-button',
          ),
        ]
          .map((part) => part.textContent?.trim() ?? '')
          .filter((text) => text !== '' && !/\p{Script=Han}/u.test(text)),
      );
    expect(english).toEqual([]);
    await panel.close();
  }
});
