import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { panelWords } from '../../scripts/lib/rendererWords.mjs';
import { webviewHtml } from '../../src/platform/webviewHtml';
import { type Calls, Channel, type Handlers, type Port } from '../../src/protocol/channel';
import themes from './fixtures/themes.json' with { type: 'json' };

export type PanelName = 'curves' | 'format' | 'model' | 'tokens';
export type Theme = keyof typeof themes;
export const THEMES: readonly Theme[] = ['light', 'dark', 'hc-dark', 'hc-light', 'light-2026', 'dark-2026'];

type NoCalls = Record<never, never>;

export interface PanelOptions<In extends Calls<In>> {
  /** The extension's side. Run in this process, so real parts can answer. */
  readonly handlers: Handlers<In>;
  readonly theme?: Theme;
  readonly language?: string;
  readonly width?: number;
  readonly height?: number;
  /** What getState gives: what an earlier life of the panel kept. */
  readonly state?: unknown;
}

const root = path.resolve(import.meta.dirname, '../..');

/** The script of a panel exactly as esbuild.mjs ships it. */
export async function bundlePanel(name: PanelName): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, `webview/${name}/index.ts`)],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    plugins: [panelWords],
  });
  return outputFiles[0]!.text;
}

/** A browser whose pages are the panels' own, with their own policy, and an extension that answers as the test says. */
export class PanelHarness {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #bundles = new Map<PanelName, Promise<string>>();

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const [, name, kind] = /^\/(curves|format|model|tokens)\.(js|html)$/.exec(url.pathname) ?? [];
      if (name !== 'curves' && name !== 'format' && name !== 'model' && name !== 'tokens') {
        response.statusCode = 404;
        response.end();
        return;
      }
      response.setHeader('content-type', `text/${kind === 'js' ? 'javascript' : 'html'}; charset=utf-8`);
      if (kind === 'html') {
        response.end(page(name, themeOf(url.searchParams.get('theme')), url.searchParams.get('language') ?? 'en'));
        return;
      }
      void this.bundle(name).then(
        (text) => response.end(text),
        (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
      );
    });
  }

  static async start(): Promise<PanelHarness> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      headless: true,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    return new PanelHarness(server, browser);
  }

  bundle(name: PanelName): Promise<string> {
    const known = this.#bundles.get(name) ?? bundlePanel(name);
    this.#bundles.set(name, known);
    return known;
  }

  async openPanel<In extends Calls<In>>(name: PanelName, options: PanelOptions<In>): Promise<Panel> {
    const { theme = 'light', language = 'en', width = 1000, height = 900, state } = options;
    await this.bundle(name); // that it fails to build is said here, not as a script that didn't load
    const context = await this.#browser.newContext({ viewport: { width, height } });
    const opened = await context.newPage();
    const errors: string[] = [];
    opened.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    opened.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
    });
    const receivers = new Set<(packet: unknown) => void>();
    await opened.exposeFunction('tunebookPost', (packet: unknown) => receivers.forEach((receive) => receive(packet)));
    await opened.addInitScript(vsCodeApi, { state });
    const port: Port = {
      // A page that was closed meanwhile has nobody to tell.
      post: (packet) =>
        void opened
          .evaluate(postPlain, plain(packet))
          .catch((error: unknown) => opened.isClosed() || errors.push(String(error))),
      listen: (receive) => {
        receivers.add(receive);
        return { dispose: () => receivers.delete(receive) };
      },
    };
    const channel = new Channel<NoCalls, In>(port, options.handlers);
    const { port: number } = this.#server.address() as AddressInfo;
    await opened.goto(`http://127.0.0.1:${number}/${name}.html?theme=${theme}&language=${language}`);
    return new Panel(opened, errors, channel);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export class Panel {
  readonly page: Page;
  /** Errors and warnings of the page, violations of its policy among them. */
  readonly errors: readonly string[];
  readonly #channel: { dispose(): void };

  constructor(opened: Page, errors: readonly string[], channel: { dispose(): void }) {
    this.page = opened;
    this.errors = errors;
    this.#channel = channel;
  }

  /** What the panel keeps for its next life. */
  state(): Promise<unknown> {
    // SAFETY: vsCodeApi below made it.
    return this.page.evaluate(
      () => (window as unknown as { tunebookState: { choices: unknown } }).tunebookState.choices,
    );
  }

  /** For eyes: out/webview/<name>.png. */
  async shot(name: string): Promise<void> {
    const folder = path.join(root, 'out/webview');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }

  async close(): Promise<void> {
    this.#channel.dispose();
    await this.page.context().close();
  }
}

/** What VS Code gives to the script, in the page, before it runs. */
function vsCodeApi({ state }: { readonly state: unknown }): void {
  // SAFETY: exposeFunction put it there.
  const exposed = window as unknown as { tunebookPost(packet: unknown): Promise<void>; tunebookState: unknown };
  exposed.tunebookState = { subject: null, choices: state };
  let acquired = false;
  Object.assign(window, {
    acquireVsCodeApi() {
      if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
      acquired = true;
      return {
        postMessage: (packet: unknown) => void exposed.tunebookPost(packet),
        getState: () => exposed.tunebookState,
        setState: (value: unknown) => {
          exposed.tunebookState = structuredClone(value);
        },
      };
    },
  });
}

/** The editor's own way takes plain data only; JSON is how its webviews get it, with the bytes of typed arrays beside it. */
export function plain(packet: unknown): string {
  return JSON.stringify(packet, (_, value: unknown) => {
    if (!(value instanceof Float64Array)) return value;
    return { $float64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  });
}

/** In the page: the message as the editor makes it there. */
export async function postPlain(text: string): Promise<void> {
  const packet: unknown = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$float64' in value)) return value;
    const bytes = atob(String(value.$float64));
    return new Float64Array(Uint8Array.from(bytes, (character) => character.codePointAt(0) ?? 0).buffer);
  });
  window.postMessage(packet, '*');
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

function themeOf(name: string | null): Theme {
  return THEMES.find((theme) => theme === name) ?? 'light';
}

/** The panel's own page, with the theme that VS Code tells by variables and the body's class. The frame is transparent. */
function page(name: PanelName, theme: Theme, language: string): string {
  const { bodyClass, variables } = themes[theme];
  const html = webviewHtml({ language, title: name, script: `/${name}.js`, subject: 'file:///subject' });
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
