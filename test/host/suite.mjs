// Runs a mocha suite inside the extension host. The page only shows the workbench; the suite runs in Node, in the server.
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser, setDisplayLanguage } from './browser.mjs';

/**
 * @param {{ chromium: string, server: { port: number, url(folder: string): string }, workspace: string,
 *   extension: string, tests: string, language?: string, screenshot?: string, logFile: string, timeoutMs: number }} options
 * @returns {Promise<number>} the exit code that the extension host reported
 */
export async function runSuite({
  chromium,
  server,
  workspace,
  extension,
  tests,
  language,
  screenshot,
  logFile,
  timeoutMs,
}) {
  const log = createWriteStream(logFile); // what the workbench and the suite say; long, and mostly of VS Code itself
  const browser = await openBrowser(chromium);
  try {
    const { page } = browser;
    if (language !== undefined) await setDisplayLanguage(page, language);
    await page.exposeFunction('codeAutomationLog', (type, args) => log.write(`${type}: ${args.join(' ')}\n`));
    const exit = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
    });
    await developExtension(page, server.port, extension, tests);
    await page.goto(server.url(workspace), { waitUntil: 'domcontentloaded' });
    const limit = new AbortController();
    const late = sleep(timeoutMs, null, { signal: limit.signal }).catch(() => null);
    const code = await Promise.race([exit, late]);
    limit.abort();
    if (screenshot !== undefined) await page.screenshot({ path: screenshot });
    if (code === null) throw new Error(`The suite did not end within ${timeoutMs / 1000} s.`);
    return code;
  } finally {
    await browser.close();
    log.end();
  }
}

/**
 * Hands the workbench its developmentOptions, as @vscode/test-web does in its own page. (page.route + fulfill won't do: a
 * fulfilled document is not in the loopback address space, and Chromium then refuses its WebSockets.)
 */
async function developExtension(page, port, extension, tests) {
  await page.addInitScript(
    (given) => {
      const { getAttribute } = Element.prototype;
      Element.prototype.getAttribute = function (name) {
        const value = getAttribute.call(this, name);
        if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
        const uri = (path) => ({ $mid: 1, scheme: 'vscode-remote', authority: `127.0.0.1:${given.port}`, path });
        const developmentOptions = { extensions: [uri(given.extension)], extensionTestsPath: uri(given.tests) };
        return JSON.stringify({ ...JSON.parse(value), developmentOptions });
      };
    },
    { port, extension, tests },
  );
}
