import { css } from 'lit';

/** What a token is, is told by shape as well: a line under trained ones, dots under masked ones, stripes for padding, a frame for special ones. */
export const map = css`
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 16px;
  }
  .segments {
    display: flex;
  }
  .segments button {
    padding: 2px 12px;
    border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--ink) 25%, transparent));
    margin-left: -1px;
    background: transparent;
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .segments button:first-child {
    border-radius: 4px 0 0 4px;
  }
  .segments button:last-child {
    border-radius: 0 4px 4px 0;
  }
  .segments button[aria-pressed='true'] {
    background: color-mix(in srgb, var(--accent) 24%, transparent);
    box-shadow: inset 0 -2px var(--vscode-contrastActiveBorder, var(--accent));
    font-weight: 600;
  }
  .segments button:focus-visible {
    z-index: 1;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin-top: 8px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .swatch {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 3px;
  }
  .how {
    margin: 2px 0 8px;
  }

  .paint.trained {
    color: color-mix(in srgb, var(--good) 75%, transparent);
  }
  .paint.masked {
    color: color-mix(in srgb, var(--ink) 26%, transparent);
  }
  .paint.padding {
    color: color-mix(in srgb, var(--ink) 32%, transparent);
  }
  .paint.special {
    color: var(--special);
  }
  .paint.quiet {
    color: var(--quiet);
  }
  :host-context(.vscode-high-contrast) .paint.trained,
  :host-context(.vscode-high-contrast-light) .paint.trained {
    color: var(--good);
  }
  :host-context(.vscode-high-contrast) .paint.masked,
  :host-context(.vscode-high-contrast-light) .paint.masked,
  :host-context(.vscode-high-contrast) .paint.padding,
  :host-context(.vscode-high-contrast-light) .paint.padding {
    color: var(--ink);
  }

  .map {
    position: relative;
    padding: 6px 4px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .map:focus-visible {
    outline: 2px solid var(--focus);
  }
  .blocks,
  .texts {
    position: relative;
  }
  .sequence {
    contain: layout style;
    display: flex;
    gap: 8px;
    padding: 1px 0;
  }
  .sequence-number {
    flex: none;
    width: 26px;
    font-size: 12px;
    line-height: 18px;
    text-align: right;
    color: var(--quiet);
  }
  canvas {
    display: block;
    flex: none;
    cursor: pointer;
  }
  .cover {
    position: absolute;
    border-radius: 2px;
    outline: 2px solid var(--ink);
    outline-offset: 1px;
    pointer-events: none;
    scroll-margin: 12px 0 110px;
  }
  .cover.cursor {
    outline: 3px solid var(--focus);
  }
  .cover[hidden] {
    display: none;
  }

  .text {
    flex: 1;
    min-width: 0;
    padding-bottom: 6px;
    border-bottom: 1px solid var(--hair);
    font-family: var(--mono);
    font-size: max(12px, var(--vscode-editor-font-size, 13px) * 0.93);
    line-height: 1.9;
    overflow-wrap: anywhere;
  }
  .chunk.filled {
    display: inline;
  }
  .sequence:last-child .text {
    border-bottom: 0;
  }
  .texts .sequence-number {
    line-height: 2;
  }
  /* Inline, not inline-block: thousands of boxes of their own take several times as long to lay out. */
  .token {
    margin-right: 2px;
    padding: 1px 1px 0;
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
    border-bottom: 2px solid transparent;
    border-radius: 3px;
    white-space: pre-wrap;
    cursor: pointer;
    scroll-margin: 12px 0 110px;
  }
  .token.pointed {
    outline: 1px solid var(--ink);
  }
  .token.current {
    outline: 2px solid var(--focus);
  }
  .token.trained,
  .swatch.trained,
  .detail-token.trained {
    background: color-mix(in srgb, var(--good) 22%, transparent);
    border-bottom: 2px solid var(--good);
  }
  .token.masked,
  .swatch.masked,
  .detail-token.masked {
    border-bottom: 2px dotted var(--quiet);
  }
  .token.masked {
    color: var(--quiet);
  }
  .swatch.masked {
    background: color-mix(in srgb, var(--ink) 18%, transparent);
  }
  .token.padding,
  .swatch.padding,
  .detail-token.padding {
    background: repeating-linear-gradient(
      135deg,
      color-mix(in srgb, var(--ink) 14%, transparent) 0 2px,
      transparent 2px 6px
    );
  }
  .token.special,
  .swatch.special,
  .detail-token.special {
    box-shadow: inset 0 0 0 1.5px var(--special);
  }
  .legend.blocks .swatch {
    width: 12px;
    height: 16px;
    border: 0;
    border-radius: 0;
  }
  .legend.blocks .swatch.trained {
    background: color-mix(in srgb, var(--good) 75%, transparent);
  }
  .legend.blocks .swatch.masked {
    background: color-mix(in srgb, var(--ink) 26%, transparent);
  }
  .legend.blocks .swatch.padding {
    background: linear-gradient(
      to bottom right,
      transparent calc(50% - 0.8px),
      color-mix(in srgb, var(--ink) 45%, transparent) calc(50% - 0.8px) calc(50% + 0.8px),
      transparent calc(50% + 0.8px)
    );
  }
  .legend.blocks .swatch.special {
    box-shadow: inset 0 0 0 2px var(--special);
  }
  :host-context(.vscode-high-contrast) .legend.blocks .swatch.trained,
  :host-context(.vscode-high-contrast-light) .legend.blocks .swatch.trained {
    background: var(--good);
  }
  :host-context(.vscode-high-contrast) .legend.blocks .swatch.masked,
  :host-context(.vscode-high-contrast-light) .legend.blocks .swatch.masked {
    border: 1px solid var(--ink);
    background: none;
  }
  .legend.blocks .swatch.joined,
  .swatch.joined {
    width: 2px;
    border-radius: 0;
    background: var(--ink);
  }
  .space {
    font-size: 0;
  }
  .space::before {
    content: attr(data-mark);
    color: var(--quiet);
    font-size: max(12px, var(--vscode-editor-font-size, 13px) * 0.93);
  }
  .token.trained .space::before,
  .token.padding .space::before {
    color: inherit;
  }
  .joint {
    margin-right: 5px;
    padding: 0 6px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--ink) 8%, transparent);
    font-family: var(--vscode-font-family, sans-serif);
    font-size: 12px;
    user-select: none;
  }
  .joint.joined {
    margin-left: 5px;
    border-left: 3px solid var(--ink);
    border-radius: 0 3px 3px 0;
  }

  .detail {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
    min-height: 42px;
    margin: 0 -20px;
    padding: 8px 20px;
    border-top: 1px solid var(--line);
    background: var(--vscode-editor-background, Canvas);
  }
  .detail-token {
    max-width: 40%;
    padding: 0 5px;
    border-radius: 3px;
    white-space: pre-wrap;
  }
  .detail-words {
    flex: 1 1 260px;
  }
`;
