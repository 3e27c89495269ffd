// The window in which the workbench shows. A profile of its own, so that nothing is left over from an earlier run.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** @returns {Promise<{ page: import('playwright-core').Page, close(): Promise<void> }>} */
export async function openBrowser(executablePath, { locale = 'en-US', viewport = { width: 1400, height: 900 } } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'tb-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    locale,
    viewport,
    // No sandbox: CI containers run as root, where Chromium's refuses. The rest keeps the browser from calling home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/**
 * Makes the workbench speak a display language to extensions, as an installed language pack does: it is this global that
 * `vscode.env.language`, package.nls.*.json and l10n bundles follow (nls.ts, getNLSLanguage). VS Code's own words stay
 * English: the packs are only in the marketplace.
 */
export async function setDisplayLanguage(page, language) {
  await page.addInitScript((value) => {
    Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => value, set() {} });
  }, language);
}
