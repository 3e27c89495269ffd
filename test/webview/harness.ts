import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { rendererWords } from '../../scripts/lib/rendererWords.mjs';
import type { RendererMessage, StepOutput } from '../../src/protocol/outputs';
import themes from './fixtures/themes.json' with { type: 'json' };

export type Theme = keyof typeof themes;
export const THEMES: readonly Theme[] = ['light', 'dark', 'hc-dark', 'hc-light', 'light-2026', 'dark-2026'];

const root = path.resolve(import.meta.dirname, '../..');

/** The renderer exactly as esbuild.mjs ships it. */
export async function bundleRenderer(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'webview/renderer/index.ts')],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    plugins: [rendererWords],
  });
  return outputFiles[0]!.text;
}

/** A browser and a page that is as strict as a webview can be: nonce only, no inline style, no string becomes markup. */
export class Harness {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly bundle: string;

  private constructor(server: Server, browser: Browser, bundle: string) {
    this.#server = server;
    this.#browser = browser;
    this.bundle = bundle;
  }

  static async start(): Promise<Harness> {
    const bundle = await bundleRenderer();
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname === '/renderer.js') {
        response.setHeader('content-type', 'text/javascript');
        response.end(bundle);
        return;
      }
      if (url.pathname !== '/') {
        response.statusCode = 404;
        response.end();
        return;
      }
      const nonce = randomBytes(16).toString('base64');
      const self = `http://${request.headers.host}/renderer.js`;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src 'nonce-${nonce}' ${self}; style-src 'nonce-${nonce}'; require-trusted-types-for 'script'`,
      );
      response.end(page(nonce, themeOf(url.searchParams.get('theme')), url.searchParams.get('messaging') !== 'no'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    return new Harness(server, browser, bundle);
  }

  async open(
    theme: Theme = 'light',
    options: { readonly width?: number; readonly messaging?: boolean } = {},
  ): Promise<Notebook> {
    const { port } = this.#server.address() as AddressInfo;
    const context = await this.#browser.newContext({ viewport: { width: options.width ?? 1000, height: 900 } });
    const opened = await context.newPage();
    const errors: string[] = [];
    opened.on('pageerror', (error) => errors.push(String(error)));
    opened.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    await opened.goto(
      `http://127.0.0.1:${port}/?theme=${theme}&messaging=${options.messaging === false ? 'no' : 'yes'}`,
    );
    await opened.waitForFunction(() => 'notebook' in window);
    return new Notebook(opened, errors);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The page as the editor's notebook: outputs are shown, replaced and disposed of. */
export class Notebook {
  readonly page: Page;
  /** Errors and warnings of the page, violations of its policy among them. */
  readonly errors: readonly string[];

  constructor(opened: Page, errors: readonly string[]) {
    this.page = opened;
    this.errors = errors;
  }

  /** Shows or replaces the output `id`, and waits until it is painted. */
  async show(output: StepOutput | string, id = 'one'): Promise<void> {
    await this.page.evaluate(
      async ([text, key]) => {
        // SAFETY: the fixture page made it (`page` below).
        const { notebook } = window as unknown as { notebook: { show(id: string, text: string): void } };
        notebook.show(key, text);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      },
      [typeof output === 'string' ? output : JSON.stringify(output), id] as const,
    );
  }

  async dispose(id?: string): Promise<void> {
    await this.page.evaluate((key) => {
      // SAFETY: as above.
      const { notebook } = window as unknown as { notebook: { dispose(id?: string): void } };
      notebook.dispose(key);
    }, id);
  }

  messages(): Promise<RendererMessage[]> {
    // SAFETY: as above.
    return this.page.evaluate(
      () => (window as unknown as { notebook: { messages: RendererMessage[] } }).notebook.messages,
    );
  }

  /** For eyes: out/webview/<name>.png. */
  async shot(name: string): Promise<void> {
    const folder = path.join(root, 'out/webview');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

function themeOf(name: string | null): Theme {
  return THEMES.find((theme) => theme === name) ?? 'light';
}

function page(nonce: string, theme: Theme, messaging: boolean): string {
  const { bodyClass, variables } = themes[theme];
  const declarations = Object.entries(variables)
    .map(([name, value]) => `${name}: ${value};`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<style nonce="${nonce}">
:root { ${declarations} }
body { margin: 0; padding: 12px 16px; background: var(--vscode-editor-background); font-family: var(--vscode-font-family);
  font-size: var(--vscode-font-size); color: var(--vscode-foreground); }
.output { margin-bottom: 24px; }
</style>
</head>
<body class="${bodyClass}">
<script type="module" nonce="${nonce}">
import { activate } from '/renderer.js';
const messages = [];
const elements = new Map();
const context = { workspace: { isTrusted: true }, getState() {}, setState() {}, getRenderer: async () => undefined };
if (${String(messaging)}) context.postMessage = (message) => messages.push(message);
const api = await activate(context);
window.notebook = {
  messages,
  show(id, text) {
    let element = elements.get(id);
    if (element === undefined) {
      element = document.createElement('div');
      element.className = 'output';
      document.body.append(element);
      elements.set(id, element);
    }
    const item = { id, mime: 'application/vnd.tunebook.step+json', metadata: {}, text: () => text, json: () => JSON.parse(text) };
    api.renderOutputItem(item, element, new AbortController().signal);
  },
  dispose: (id) => api.disposeOutputItem(id),
};
</script>
</body>
</html>`;
}
