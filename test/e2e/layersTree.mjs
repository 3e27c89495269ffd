// The native tree "Layers" in the side bar, as a person reads and ticks it.

export class LayersTree {
  /** @param {import('../host/workbench.mjs').Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
  }

  async open() {
    await this.workbench.page
      .locator('.activitybar [aria-label^="Fine-tune"], .activitybar [aria-label^="微调"]')
      .first()
      .click();
    await this.page.locator('.tree-explorer-viewlet-tree-view').first().waitFor();
  }

  /** The first row whose label is this. */
  row(label) {
    const exact = this.page.locator('.label-name', { hasText: new RegExp(`^${label}$`) });
    return this.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { has: exact }).first();
  }

  checkbox(label) {
    return this.row(label).locator('.custom-view-tree-node-item-checkbox');
  }

  async isTicked(label) {
    return (await this.checkbox(label).getAttribute('aria-checked')) === 'true';
  }

  /** Waits until the box is ticked, or isn't: the tree follows the recipe's text. */
  async becomes(label, ticked) {
    await this.row(label).locator(`.custom-view-tree-node-item-checkbox[aria-checked="${ticked}"]`).waitFor();
  }

  /** A button of the text that stands where there is no tree. */
  button(title) {
    return this.page.locator('.welcome-view-content .monaco-button', { hasText: title }).first();
  }

  message(text) {
    return this.page.locator('.tree-explorer-viewlet-tree-view .message', { hasText: text }).first();
  }

  /** A button of the view's title. Of several views in one side bar, each shows its own under the pointer. */
  async action(title) {
    const pane = this.page.locator('.part.sidebar .pane', { has: this.page.locator(`[aria-label^="${title}"]`) });
    await pane.locator('.pane-header').hover();
    await pane.locator(`.pane-header .action-label[aria-label^="${title}"]`).click();
  }

  async contextMenu(label, item) {
    await this.row(label).waitFor();
    await this.row(label).click({ button: 'right' });
    const choice = this.page.locator('.context-view .action-item', { hasText: item }).first();
    await choice.waitFor();
    // A menu that has just opened takes a click for the end of the one that opened it (base/browser/ui/menu/menu.ts).
    do {
      await choice.click({ timeout: 5000 }).catch(() => {});
      await this.page.waitForTimeout(200);
    } while (await choice.isVisible());
  }

  async description(label) {
    return this.row(label).locator('.label-description').innerText();
  }
}
