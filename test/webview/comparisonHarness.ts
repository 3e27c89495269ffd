import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { panelWords } from '../../scripts/lib/rendererWords.mjs';
import { webviewHtml } from '../../src/platform/webviewHtml';
import type { CurveRunFacts, RunComparison } from '../../src/protocol/curvesPanel';
import themes from './fixtures/themes.json' with { type: 'json' };
import { type Theme, THEMES } from './panelHarness';

const root = path.resolve(import.meta.dirname, '../..');

export interface ShownComparison {
  readonly comparison: RunComparison;
  readonly runs: readonly CurveRunFacts[];
  readonly kept?: unknown;
}

/** The comparison alone, on a page with a panel's own policy. */
export class ComparisonHarness {
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async start(): Promise<ComparisonHarness> {
    const { outputFiles } = await build({
      entryPoints: [path.join(root, 'test/webview/fixtures/comparisonPage.ts')],
      bundle: true,
      write: false,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      plugins: [panelWords],
    });
    const script = outputFiles[0]?.text ?? '';
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const isScript = pathname === '/comparison.js';
      response.setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
      response.end(
        isScript ? script : page(searchParams.get('theme') ?? 'light', searchParams.get('language') ?? 'en'),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    return new ComparisonHarness(server, browser);
  }

  async open(
    shown: ShownComparison,
    { theme = 'light', language = 'en', width = 1100 }: { theme?: Theme; language?: string; width?: number } = {},
  ): Promise<ComparisonPage> {
    const context = await this.#browser.newContext({ viewport: { width, height: 900 } });
    const opened = await context.newPage();
    const errors: string[] = [];
    opened.on('pageerror', (error) => errors.push(String(error)));
    opened.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    const { port } = this.#server.address() as AddressInfo;
    await opened.goto(`http://127.0.0.1:${port}/?theme=${theme}&language=${language}`);
    // As the extension sends it: JSON
    await opened.evaluate(
      (data) => window.dispatchEvent(new CustomEvent('show', { detail: data })),
      JSON.stringify(shown),
    );
    await opened.locator('h2').waitFor();
    return new ComparisonPage(opened, errors);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export class ComparisonPage {
  readonly page: Page;
  /** Errors and warnings of the page, violations of its policy among them. */
  readonly errors: readonly string[];

  constructor(opened: Page, errors: readonly string[]) {
    this.page = opened;
    this.errors = errors;
  }

  /** What the view keeps for its next life. */
  kept(): Promise<unknown> {
    return this.page.evaluate(() => JSON.parse(document.body.dataset['kept'] ?? 'null'));
  }

  /** For eyes: out/webview/<name>.png, as far as an eye goes. */
  async shot(name: string): Promise<void> {
    const folder = path.join(root, 'out/webview');
    mkdirSync(folder, { recursive: true });
    const { width, height } = await this.page.evaluate(() => ({
      width: innerWidth,
      height: Math.min(1800, document.documentElement.scrollHeight),
    }));
    const clip = { x: 0, y: 0, width, height };
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, clip });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

function page(theme: string, language: string): string {
  const { bodyClass, variables } = themes[THEMES.find((name) => name === theme) ?? 'light'];
  const html = webviewHtml({ language, title: 'comparison', script: '/comparison.js', subject: 'file:///subject' });
  const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? '';
  const declarations = Object.entries(variables)
    .map(([variable, value]) => `${variable}: ${value};`)
    .join('\n');
  return html
    .replace(
      '</head>',
      `<style nonce="${nonce}">:root { ${declarations} background: var(--vscode-editor-background); }</style></head>`,
    )
    .replace('<body>', `<body class="${bodyClass}">`);
}
