import * as vscode from 'vscode';
import type { Port } from '../protocol/channel';
import { webviewHtml } from './webviewHtml';

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
  // A tab draws it as an image, in which currentColor is black.
  const icon = (file: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', file);
  panel.iconPath = { light: icon('icon.svg'), dark: icon('icon-dark.svg') };
  const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(scripts, `${name}.js`)).toString();
  panel.webview.html = webviewHtml({ language: vscode.env.language, title, script });
  return panel;
}

/** The channel's way to a webview. Messages posted before it is ready are lost: it must ask first. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    post: (packet) => void webview.postMessage(packet),
    listen: (receive) => webview.onDidReceiveMessage(receive),
  };
}
