import { css } from 'lit';

/**
 * Colour carries no text: words are in the theme's two inks, which it promises to be readable, and hues go to dots, bars,
 * borders and tints. In high contrast themes (the only ones with contrastBorder) lines are drawn in their border colour.
 */
export const base = css`
  :host {
    display: block;
    container-type: inline-size;
    --ink: var(--vscode-foreground, CanvasText);
    --quiet: var(--vscode-descriptionForeground, var(--ink));
    --line: var(--vscode-contrastBorder, color-mix(in srgb, var(--ink) 15%, transparent));
    --hair: var(--vscode-contrastBorder, color-mix(in srgb, var(--ink) 9%, transparent));
    --surface: color-mix(in srgb, var(--ink) 4%, transparent);
    --track: color-mix(in srgb, var(--ink) 12%, transparent);
    --accent: var(--vscode-charts-blue, #0078d4);
    --good: var(--vscode-charts-green, #388a34);
    --warn: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow, #bf8803));
    --bad: var(--vscode-charts-red, #e51400);
    --special: var(--vscode-charts-purple, #652d90);
    --mono: var(--vscode-editor-font-family, monospace);
    --focus: var(--vscode-focusBorder, Highlight);
    --radius: 6px;
    font-family: var(--vscode-font-family, sans-serif);
    font-size: max(12px, var(--vscode-font-size, 13px));
    font-weight: var(--vscode-font-weight, normal);
    line-height: 1.5;
    color: var(--ink);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .step {
    position: relative;
    padding: 10px 4px 12px;
    overflow-wrap: anywhere;
  }
  .body {
    display: flex;
    flex-direction: column;
    gap: 14px;
  }
  .body:empty {
    display: none;
  }
  p,
  h4,
  h5,
  dl,
  dd,
  ol,
  ul,
  figure,
  pre {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  h4,
  h5,
  caption {
    font-size: inherit;
    font-weight: 600;
    text-align: left;
  }
  code,
  pre {
    font-family: var(--mono);
    font-size: max(12px, 0.95em);
  }
  h4 code {
    font-weight: normal;
  }
  .quiet {
    color: var(--quiet);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .nowrap {
    white-space: nowrap;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .empty {
    padding: 10px 4px;
    color: var(--quiet);
  }
  /* The element gives both kinds the border of the first (vscode-button.styles.js); the editor has one of its own. */
  vscode-button[secondary] {
    --vscode-button-border: var(--vscode-button-secondaryBorder, var(--line));
  }
  :focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
  }
`;
