import * as vscode from 'vscode';
import type { Port } from '../protocol/channel';
import { webviewHtml } from './webviewHtml';

/** dist/webview/<name>.js draws it. */
type PanelName = 'curves' | 'format' | 'model' | 'tokens';

export interface PanelOptions {
  readonly name: PanelName;
  readonly title: string;
  /** The file that the tab is about: a reloaded window brings the tab back with it. */
  readonly subject: vscode.Uri;
  readonly column?: vscode.ViewColumn;
  /** The tab, if a reloaded window has brought it back. */
  readonly restored: vscode.WebviewPanel | null;
}

/** An editor tab that runs one of our own scripts and nothing else: nonce only, no inline style, no other origin. */
export function createPanel(extensionUri: vscode.Uri, options: PanelOptions): vscode.WebviewPanel {
  const { name, title, subject, column = vscode.ViewColumn.Active } = options;
  const scripts = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const panel =
    options.restored ?? vscode.window.createWebviewPanel(viewType(name), title, column, { enableFindWidget: true });
  panel.title = title;
  panel.webview.options = { enableScripts: true, localResourceRoots: [scripts] };
  // A tab draws it as an image, in which currentColor is black.
  const icon = (file: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', file);
  panel.iconPath = { light: icon('icon.svg'), dark: icon('icon-dark.svg') };
  const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(scripts, `${name}.js`)).toString();
  panel.webview.html = webviewHtml({ language: vscode.env.language, title, script, subject: subject.toString() });
  return panel;
}

/** Fills the tabs that a reloaded window brings back. One that doesn't say what it is about can't be filled, and goes. */
export function restorePanels(
  name: PanelName,
  restore: (subject: vscode.Uri, panel: vscode.WebviewPanel) => Promise<void>,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(viewType(name), {
    async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown) {
      const subject = typeof kept === 'object' && kept !== null && 'subject' in kept ? kept.subject : null;
      if (typeof subject === 'string') await restore(vscode.Uri.parse(subject), panel);
      else panel.dispose();
    },
  });
}

function viewType(name: PanelName): string {
  return `tunebook.${name}`;
}

/** The channel's way to a webview. Messages posted before it is ready are lost: it must ask first. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    post: (packet) => void webview.postMessage(packet),
    listen: (receive) => webview.onDidReceiveMessage(receive),
  };
}
