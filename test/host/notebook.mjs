// What a person sees and does in an open notebook. Outputs are drawn in a frame of their own, so they are looked for in all
// frames of the page.
import { setTimeout as sleep } from 'node:timers/promises';

export class Notebook {
  /** @param {import('./workbench.mjs').Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
  }

  async opened() {
    await this.page.locator('.notebook-editor .cell-list-container').first().waitFor();
  }

  async runAll() {
    await this.page.locator('.notebook-toolbar-container .action-item', { hasText: 'Run All' }).first().click();
  }

  /** The toolbar's button that ends a run. */
  async interrupt() {
    await this.page.locator('.notebook-toolbar-container .action-item', { hasText: 'Interrupt' }).first().click();
  }

  toolbarItem(text) {
    return this.page.locator('.notebook-toolbar-container .action-item', { hasText: text }).first();
  }

  /** The first element that matches in any output, or null. */
  async output(selector, filter = {}) {
    for (const frame of this.page.frames()) {
      const found = frame.locator(selector, filter).first();
      // A frame that goes away while it is asked has nothing to show.
      if ((await found.count().catch(() => 0)) > 0) return found;
    }
    return null;
  }

  async waitForOutput(selector, { timeoutMs, ...filter }) {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = await this.output(selector, filter);
      if (found !== null) return found;
      if (Date.now() > end)
        throw new Error(`No output ${selector} ${JSON.stringify(filter)} within ${timeoutMs / 1000} s.`);
      await sleep(100);
    }
  }

  /** Scrolls until this element of an output stands in the window. */
  async reveal(element) {
    const list = await this.page.locator('.notebook-editor .cell-list-container').first().boundingBox();
    if (list === null) throw new Error('No notebook is open.');
    await this.page.mouse.move(list.x + list.width - 40, list.y + list.height / 2);
    for (let turn = 0; turn < 200; turn++) {
      const box = await element.boundingBox();
      const top = box === null ? 1 : box.y - list.y - 60;
      const bottom = box === null ? 0 : box.y + Math.min(box.height, list.height - 80) - list.y - list.height;
      if (top >= 0 && bottom <= 0) return;
      await this.page.mouse.wheel(0, top < 0 ? Math.max(top, -400) : Math.min(bottom, 400));
      await sleep(60);
    }
    throw new Error('The output could not be scrolled into view.');
  }

  /** The picture of a step, once it has one of these statuses. */
  async step(step, statuses, timeoutMs) {
    const selector = statuses.map((status) => `section.step[data-step="${step}"][data-status="${status}"]`).join(', ');
    return this.waitForOutput(selector, { timeoutMs });
  }

  /** Types a line of a cell again. */
  async edit(from, to) {
    const line = this.page.locator('.notebook-editor .view-line', { hasText: from }).first();
    await this.reveal(line);
    await line.click();
    await this.page.keyboard.press('End');
    await this.page.keyboard.press('Shift+Home');
    await this.page.keyboard.insertText(to);
  }

  /** Share of a canvas that is drawn on: 0 where nothing is. */
  async drawnShare(canvas) {
    return canvas.evaluate((element) => {
      const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
      let drawn = 0;
      for (let index = 3; index < data.length; index += 4) if (data[index] > 0) drawn++;
      return drawn / (data.length / 4);
    });
  }
}
