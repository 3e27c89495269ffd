// What a person sees and does in the notebook in front. Outputs are drawn in a frame of their own, so they are looked for in all
// frames of the page.
import { setTimeout as sleep } from 'node:timers/promises';

/** What is taller than the window is in view when its top is this near to the upper edge. */
const SLACK_PX = 200;
const NOTCH_PX = 50;
/** Along the lower edge a cell's status bar covers what it belongs to. */
const EDGE_PX = 60;

export class Notebook {
  /** @param {import('./workbench.mjs').Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
  }

  async opened() {
    await this.page.locator('.notebook-editor .cell-list-container:visible').first().waitFor();
    await this.toolbarItem(/Run All|Interrupt/).waitFor(); // the latter while its run is taken up
    await this.page
      .locator('.notebook-editor .cell.markdown:visible, .notebook-editor .view-line:visible')
      .first()
      .waitFor();
    await sleep(500); // prose is drawn in a frame of its own, a moment later
  }

  async runAll() {
    await this.toolbarItem('Run All').click();
  }

  /** The toolbar's button that ends a run. */
  async interrupt() {
    await this.toolbarItem('Interrupt').click();
  }

  toolbarItem(text) {
    return this.page.locator('.notebook-toolbar-container .action-item:visible', { hasText: text }).first();
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

  /** Scrolls until this element of the notebook stands in the window. */
  async reveal(element) {
    const list = await this.#pointAtCells();
    for (let turn = 0; turn < 40; turn++) {
      const box = await element.boundingBox({ timeout: 5000 });
      if (box === null) throw new Error('What was to be scrolled to is not drawn.');
      const top = box.y - list.y;
      const whole = top >= 0 && top + box.height <= list.height - EDGE_PX;
      if (whole || (top >= 0 && top <= SLACK_PX)) return;
      await this.#scroll(top - SLACK_PX / 2);
    }
    throw new Error('The output could not be scrolled into view.');
  }

  /** The picture of a step, once it has one of these statuses. The editor draws outputs in view only: see `find`. */
  async step(step, statuses, timeoutMs) {
    return this.waitForOutput(sectionOf(step, statuses), { timeoutMs });
  }

  /** Scrolls to the picture of the step. Its status is looked at there: out of sight the editor does not bring it up to date. */
  async find(step, statuses) {
    const look = () => this.output(`section.step[data-step="${step}"]`);
    const found = (await look()) ?? (await this.#searchFromTop(look));
    if (found === null) throw new Error(`No picture of ${step} in the whole notebook.`);
    await this.reveal(found);
    return this.step(step, statuses, 10_000);
  }

  /** Types a line of a cell again. */
  async edit(from, to) {
    // Cells out of view keep lines that are not drawn.
    const line = this.page.locator('.notebook-editor .view-line:visible', { hasText: from }).first();
    const found = await this.#searchFromTop(async () => ((await line.count()) > 0 ? line : null));
    if (found === null) throw new Error(`No line with ${from} in the whole notebook.`);
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

  /** The editor draws what comes into view, and that takes a moment. */
  async #searchFromTop(look) {
    // Not by a click: beside a cell it folds the cell.
    await this.page.locator('.notebook-editor .cell-list-container .monaco-list:visible').first().focus();
    await this.page.keyboard.press('Control+End'); // a cell that has the focus already is not scrolled to
    await this.page.keyboard.press('Control+Home');
    for (let turn = 0; turn < 40; turn++) {
      await sleep(300);
      const found = await look();
      if (found !== null) return found;
      await this.#pointAtCells();
      await this.#scroll(400);
    }
    return null;
  }

  /** However far a wheel event says, the editor takes it as one notch. */
  async #scroll(distance) {
    const notches = Math.min(40, Math.ceil(Math.abs(distance) / NOTCH_PX));
    for (let notch = 0; notch < notches; notch++) await this.page.mouse.wheel(0, Math.sign(distance) * 100);
    await sleep(150);
  }

  /** The wheel turns what is under the pointer: a place beside the cells' text. */
  async #pointAtCells() {
    const list = await this.page.locator('.notebook-editor .cell-list-container:visible').first().boundingBox();
    if (list === null) throw new Error('No notebook is open.');
    await this.page.mouse.move(list.x + list.width - 40, list.y + list.height / 2);
    return list;
  }
}

function sectionOf(step, statuses) {
  return statuses.map((status) => `section.step[data-step="${step}"][data-status="${status}"]`).join(', ');
}
