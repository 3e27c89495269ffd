// What a person sees and does in an open notebook. Outputs are drawn in a frame of their own, so they are looked for in all
// frames of the page.
import { setTimeout as sleep } from 'node:timers/promises';

/** The editor turns the wheel in steps of its own: an output is in view when its top is this near to the upper edge. */
const SLACK_PX = 200;

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
    const list = await this.#pointAtCells();
    for (let turn = 0; turn < 100; turn++) {
      const box = await element.boundingBox();
      // A box below what is drawn has no place yet: further down.
      const top = box === null ? list.height : box.y - list.y;
      const whole = box !== null && box.height < list.height - SLACK_PX && top >= 0 && top + box.height <= list.height;
      if (whole || (top >= 0 && top <= SLACK_PX)) return;
      await this.page.mouse.wheel(0, Math.max(-400, Math.min(400, top - SLACK_PX / 2)));
      await sleep(80);
    }
    throw new Error('The output could not be scrolled into view.');
  }

  /** The picture of a step, once it has one of these statuses. The editor draws outputs in view only: see `find`. */
  async step(step, statuses, timeoutMs) {
    return this.waitForOutput(sectionOf(step, statuses), { timeoutMs });
  }

  /** Scrolls through the notebook until the picture of the step is drawn, and to it. */
  async find(step, statuses) {
    await this.#pointAtCells();
    await this.page.mouse.wheel(0, -100_000);
    for (let turn = 0; turn < 120; turn++) {
      const found = await this.output(sectionOf(step, statuses));
      if (found !== null) {
        await this.reveal(found);
        return found;
      }
      await this.page.mouse.wheel(0, 250);
      await sleep(120);
    }
    throw new Error(`No picture of ${step} that is ${statuses.join(' or ')} in the whole notebook.`);
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

  /** The wheel turns what is under the pointer: a place beside the cells' text. */
  async #pointAtCells() {
    const list = await this.page.locator('.notebook-editor .cell-list-container').first().boundingBox();
    if (list === null) throw new Error('No notebook is open.');
    await this.page.mouse.move(list.x + list.width - 40, list.y + list.height / 2);
    return list;
  }
}

function sectionOf(step, statuses) {
  return statuses.map((status) => `section.step[data-step="${step}"][data-status="${status}"]`).join(', ');
}
