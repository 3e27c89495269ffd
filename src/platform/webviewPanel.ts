import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Port } from '../protocol/channel';

/** dist/webview/<name>.js draws it. */
export interface PanelOptions {
  readonly name: 'format' | 'tokens';
  readonly title: string;
  readonly column?: vscode.ViewColumn;
}

/** An editor tab that runs one of our own scripts and nothing else: nonce only, no inline style, no other origin. */
export function createPanel(extensionUri: vscode.Uri, options: PanelOptions): vscode.WebviewPanel {
  const { name, title, column = vscode.ViewColumn.Active } = options;
  const scripts = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const panel = vscode.window.createWebviewPanel(`tunebook.${name}`, title, column, {
    enableScripts: true,
    localResourceRoots: [scripts],
    enableFindWidget: true,
  });
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
  panel.webview.html = html(panel.webview, vscode.Uri.joinPath(scripts, `${name}.js`), title);
  return panel;
}

/** The channel's way to a webview. Messages posted before it is ready are lost: it must ask first. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    post: (packet) => void webview.postMessage(packet),
    listen: (receive) => webview.onDidReceiveMessage(receive),
  };
}

function html(webview: vscode.Webview, script: vscode.Uri, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `require-trusted-types-for 'script'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${webview.asWebviewUri(script).toString()}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
