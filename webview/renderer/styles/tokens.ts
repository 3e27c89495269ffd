import { css } from 'lit';

/** What a token is, is told by shape as well: a line under trained ones, dots under masked ones, stripes for padding, a frame for special ones. */
export const tokens = css`
  .strip {
    padding: 8px 10px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    font-family: var(--mono);
    font-size: max(12px, var(--vscode-editor-font-size, 13px) * 0.93);
    line-height: 1.5;
    max-height: 30em;
    overflow-y: auto;
    overflow-wrap: anywhere;
  }
  .token {
    display: inline-block;
    max-width: 100%;
    margin: 0 2px 4px 0;
    padding: 0 1px;
    vertical-align: top;
    border-bottom: 2px solid transparent;
    border-radius: 3px;
    white-space: pre-wrap;
    cursor: default;
  }
  .token:hover {
    background: color-mix(in srgb, var(--ink) 18%, transparent);
  }
  .token:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 0;
  }
  .token.trained,
  .swatch.trained {
    background: color-mix(in srgb, var(--good) 22%, transparent);
    border-bottom: 2px solid var(--good);
  }
  .token.masked,
  .swatch.masked {
    border-bottom: 2px dotted var(--quiet);
  }
  .token.masked {
    color: var(--quiet);
  }
  .token.padding,
  .swatch.padding {
    background: repeating-linear-gradient(
      135deg,
      color-mix(in srgb, var(--ink) 14%, transparent) 0 2px,
      transparent 2px 6px
    );
  }
  .token.plain {
    background: color-mix(in srgb, var(--accent) 12%, transparent);
  }
  .token.plain:nth-of-type(even) {
    background: color-mix(in srgb, var(--accent) 26%, transparent);
  }
  .token.special,
  .swatch.special {
    box-shadow: inset 0 0 0 1px var(--special);
  }
  .space::before {
    content: attr(data-mark);
    color: var(--quiet);
  }
  /* The real character stays for copying, without taking room beside its mark. */
  .space {
    display: inline-block;
    position: relative;
    font-size: 0;
  }
  .space::before {
    font-size: max(12px, var(--vscode-editor-font-size, 13px) * 0.93);
  }
  .strip.detailed .token {
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    padding: 1px 4px;
    line-height: 1.4;
  }
  .token-detail {
    font-family: var(--vscode-font-family, sans-serif);
    font-size: 12px;
    color: var(--quiet);
    white-space: nowrap;
  }
  /* The quiet ink is readable on the page, not on every tint. */
  .token.trained .token-detail,
  .token.trained .space::before,
  .token.padding .token-detail,
  .token.padding .space::before,
  .token.plain .space::before {
    color: inherit;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .swatch {
    width: 14px;
    height: 14px;
    border-radius: 3px;
  }

  .heat {
    display: flex;
    flex-direction: column;
    margin: 8px 0 10px;
    border-radius: var(--radius);
  }
  .heat-row {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 1px 4px;
    border-radius: 3px;
    cursor: pointer;
  }
  .heat-row:hover {
    background: var(--surface);
  }
  .heat-row[aria-selected='true'] {
    border-radius: 0;
    box-shadow: inset 3px 0 var(--vscode-contrastActiveBorder, var(--accent));
  }
  .heat-row:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }
  .heat-number {
    width: 2em;
    font-size: 12px;
    line-height: 1.2;
    text-align: right;
  }
  .heat-row[aria-selected='true'] .heat-number {
    color: var(--ink);
    font-weight: 600;
  }
  .heat-cells {
    flex: 1;
    min-width: 0;
    height: 11px;
    border-radius: 2px;
  }
  .heat-cells rect {
    fill: color-mix(in srgb, var(--ink) 8%, transparent);
  }
  .heat-cells .trained {
    fill: color-mix(in srgb, var(--good) 60%, transparent);
  }
  .heat-cells .masked {
    fill: color-mix(in srgb, var(--ink) 22%, transparent);
  }
  .heat-cells .special.trained {
    fill: var(--special);
  }
  .heat-cells .special.masked {
    fill: color-mix(in srgb, var(--special) 45%, transparent);
  }
`;
