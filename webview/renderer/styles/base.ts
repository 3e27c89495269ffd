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
  :focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: 1px;
  }

  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 12px;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    column-gap: 8px;
  }
  .title strong {
    font-weight: 600;
  }
  .duration {
    margin-left: auto;
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: var(--quiet);
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.running {
    stroke: var(--accent);
    animation: turn 1s linear infinite;
  }
  .icon.done {
    stroke: var(--good);
  }
  .icon.failed {
    stroke: var(--bad);
  }
  .icon.stopped {
    stroke: var(--warn);
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .icon.running {
      animation: none;
    }
  }
  .progress {
    margin-bottom: 14px;
  }
  .progress-words {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-bottom: 5px;
  }
  vscode-progress-bar {
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }

  .device {
    color: var(--quiet);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 28px;
  }
  .figure dt {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .figure dd {
    display: flex;
    flex-direction: column;
  }
  .figure .value {
    font-size: 1.08em;
    line-height: 1.7;
  }
  .figure.big .value {
    font-size: 1.7em;
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.01em;
  }
  .figure .note {
    font-size: max(12px, 0.92em);
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .section-head > h4,
  .section-head > p {
    flex: 1 1 auto;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    color: var(--vscode-textLink-foreground, var(--accent));
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground, var(--accent));
    text-decoration: underline;
  }

  summary {
    width: fit-content;
    max-width: 100%;
    cursor: pointer;
    color: var(--ink);
    border-radius: 2px;
  }
  details > summary {
    list-style: none;
  }
  details > summary::before {
    content: '';
    display: inline-block;
    width: 6px;
    height: 6px;
    margin: 0 8px 2px 2px;
    border: solid var(--quiet);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }
  details[open] > summary::before {
    transform: rotate(45deg) translate(-1px, -1px);
  }
  details[open] > summary {
    margin-bottom: 8px;
  }
  pre {
    max-height: 24em;
    overflow: auto;
    padding: 8px 10px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    white-space: pre-wrap;
  }
  .card {
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    padding: 10px 12px;
  }
  .chip {
    display: inline-block;
    padding: 0 6px;
    border: 1px solid var(--hair);
    border-radius: 4px;
    background: var(--surface);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 10px;
    font-size: max(12px, 0.92em);
    line-height: 18px;
  }
  .badge.good::before,
  .badge.warn::before,
  .badge.bad::before {
    content: '';
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--tone);
  }
  .good {
    --tone: var(--good);
  }
  .warn {
    --tone: var(--warn);
  }
  .bad {
    --tone: var(--bad);
  }
  .info {
    --tone: var(--accent);
  }
`;
