// What a person does in the window of VS Code: palette, quick pick, explorer, notifications, dialogs.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const PATIENCE_MS = 30_000;

export class Workbench {
  /** @param {import('playwright-core').Page} page */
  constructor(page, screenshots) {
    this.page = page;
    this.screenshots = screenshots;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  async open(url) {
    await this.page.goto(url, { waitUntil: 'domcontentloaded' });
    await this.ready();
  }

  async reload() {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.ready();
  }

  /** The workbench stands and its extension host answers. */
  async ready() {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    // Its icon comes with the installed extensions: before that, a recipe opens as plain text and the palette lacks us.
    await this.page
      .locator('.activitybar [aria-label^="Fine-tune"], .activitybar [aria-label^="微调"]')
      .first()
      .waitFor({ timeout: 60_000 });
  }

  /** Runs the command with exactly this title from the palette, as soon as the palette offers it. */
  async command(title) {
    // An open palette does not learn of commands that come later: it is opened anew until it offers this one.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      const input = this.page.locator('.quick-input-widget input.input').first();
      await input.waitFor();
      await input.fill(`>${title}`);
      try {
        await this.#row(title).first().waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (attempt === 6) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.#row(title).first().click();
  }

  /** What the palette offers for a text. */
  async commandsFor(text) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor();
    await input.fill(`>${text}`);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const labels = await this.page
      .locator('.quick-input-list .monaco-list-row .quick-input-list-label')
      .allTextContents();
    await this.page.keyboard.press('Escape');
    return labels;
  }

  /** The open quick pick offers an entry whose label holds this text. */
  async offers(label) {
    await this.#row(label).first().waitFor();
  }

  /** Picks the entry of an open quick pick whose label holds this text. */
  async pick(label) {
    await this.#row(label).first().waitFor();
    await this.#row(label).first().click();
  }

  /** Fills an open input box and confirms it; without text, what it proposes. */
  async answer(text) {
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor();
    if (text !== undefined) await input.fill(text);
    await input.press('Enter');
  }

  quickInputTitle() {
    return this.page.locator('.quick-input-title').first().textContent();
  }

  #row(label) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: label });
  }

  /** A file or folder that the explorer shows. */
  entry(name) {
    return this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  }

  async openFile(name) {
    await this.entry(name).dblclick();
  }

  async contextMenu(name, item) {
    await this.entry(name).click({ button: 'right' });
    const choice = this.page.locator('.context-view .action-item', { hasText: item }).first();
    await choice.waitFor();
    // A menu that has just opened takes a click for the end of the one that opened it (base/browser/ui/menu/menu.ts).
    do {
      await choice.click({ timeout: 5000 }).catch(() => {});
      await this.page.waitForTimeout(200);
    } while (await choice.isVisible());
  }

  notification(text) {
    return this.page.locator('.notification-list-item', { hasText: text }).first();
  }

  async dismissNotifications() {
    await this.command('Notifications: Clear All Notifications');
  }

  statusBarItem(text) {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  tab(text) {
    return this.page.locator('.tabs-container .tab', { hasText: text }).first();
  }

  /** Replaces what the focused text editor holds. */
  async typeOver(text) {
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** @param {'light' | 'dark'} kind as the system would ask for (window.autoDetectColorScheme) */
  async setTheme(kind) {
    await this.page.emulateMedia({ colorScheme: kind });
    await this.page.locator(kind === 'light' ? '.monaco-workbench.vs' : '.monaco-workbench.vs-dark').waitFor();
    await this.page.waitForTimeout(400); // colours fade
  }

  async screenshot(name) {
    await mkdir(this.screenshots, { recursive: true });
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }
}
