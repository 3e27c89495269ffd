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

  async description(label) {
    return this.row(label).locator('.label-description').innerText();
  }
}
