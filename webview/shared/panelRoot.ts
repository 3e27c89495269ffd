import { adoptStyles, css, type CSSResult } from 'lit';

/**
 * VS Code's default styles for webviews are an inline <style> (webview/browser/pre/index.html), which our policy refuses:
 * what they say of <body> is said here.
 */
const page = css`
  body {
    margin: 0;
    padding: 0;
    background: transparent;
    color: var(--vscode-foreground, CanvasText);
  }
`;

/** Where a panel draws: a shadow root in #app with these style sheets, which need no 'unsafe-inline'. */
export function panelRoot(styles: readonly CSSResult[]): ShadowRoot {
  if (page.styleSheet !== undefined) document.adoptedStyleSheets.push(page.styleSheet);
  const app = document.getElementById('app');
  if (app === null) throw new Error('The page has no #app.');
  const root = app.attachShadow({ mode: 'open' });
  adoptStyles(root, [...styles]);
  return root;
}
