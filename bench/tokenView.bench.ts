// The token view with batches of 16 rows of 1,024 tokens: from a click or a scroll to the painted page, in Chromium.
import { bench, describe } from 'vitest';
import { large } from '../test/webview/fixtures/tokenViews';
import { type Panel, PanelHarness } from '../test/webview/panelHarness';
import { openTokens, pictureOf } from '../test/webview/tokensPanel';

// Benchmarks run no hooks of vitest: tinybench calls these around the warm-up and the measurement.
function inPanel(name: string, zoom: string, act: (panel: Panel) => Promise<void>): void {
  let harness: PanelHarness;
  let panel: Panel;
  bench(name, () => act(panel), {
    setup: async () => {
      harness = await PanelHarness.start();
      ({ panel } = await openTokens(harness, pictureOf(large), { state: { zoom, batch: 0 } }));
    },
    teardown: () => harness.stop(),
  });
}

describe.each(['blocks', 'text'])('16 × 1,024 tokens as %s', (zoom) => {
  inPanel('the other batch', zoom, ({ page }) =>
    page.evaluate(async () => {
      const root = document.querySelector('#app')?.shadowRoot;
      const other = root?.querySelector('.segments button[aria-pressed="false"]');
      if (!(other instanceof HTMLElement)) throw new Error('There is no other batch.');
      other.click();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }),
  );
  inPanel('a page further', zoom, ({ page }) =>
    page.evaluate(async () => {
      const end = document.documentElement.scrollHeight - window.innerHeight;
      window.scrollTo(0, window.scrollY >= end - 1 ? 0 : window.scrollY + window.innerHeight);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }),
  );
});
