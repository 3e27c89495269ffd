// What stands in the frame of a webview panel. Its frame changes when the tab was hidden, so it is looked for each time.
import { setTimeout as sleep } from 'node:timers/promises';

export class Panel {
  /** @param {import('./workbench.mjs').Workbench} workbench */
  constructor(workbench) {
    this.page = workbench.page;
  }

  /** The frame that shows this; waits for it. */
  async frameWith(selector, { timeoutMs = 30_000, ...filter } = {}) {
    const end = Date.now() + timeoutMs;
    for (;;) {
      for (const frame of this.page.frames()) {
        const found = frame.locator(selector, filter).first();
        // A frame that goes away while it is asked has nothing to show.
        if (await found.isVisible().catch(() => false)) return frame;
      }
      if (Date.now() > end)
        throw new Error(`No panel with ${selector} ${JSON.stringify(filter)} within ${timeoutMs / 1000} s.`);
      await sleep(100);
    }
  }

  async find(selector, filter) {
    const frame = await this.frameWith(selector, filter);
    return frame.locator(selector, filter).first();
  }

  async press(button) {
    await (await this.find('vscode-button', { hasText: button })).click();
  }
}
