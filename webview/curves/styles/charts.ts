import { css } from 'lit';

/** The plot lies between 64 and 28 pixels (chart/axes.ts, PLOT_LEFT and PLOT_RIGHT): icons and hair stand in it. */
export const chartsStyle = css`
  .charts {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 14px 18px;
  }
  .chart-card {
    min-width: 0;
    padding: 8px 8px 4px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
  }
  .chart-card.main {
    grid-column: 1 / -1;
  }
  figcaption {
    display: flex;
    align-items: center;
    gap: 4px 14px;
    min-height: 22px;
    padding: 0 4px 2px;
  }
  .chart-name {
    flex: none;
    font-weight: 600;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
    font-size: max(12px, 0.92em);
  }
  .key > span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .key-sign {
    stroke: currentColor;
    stroke-width: 2;
    fill: var(--vscode-editor-background, Canvas);
  }
  .key-sign.raw {
    stroke-width: 1;
    opacity: 0.75;
  }
  .key-sign.sparse line {
    stroke-width: 1;
    stroke-dasharray: 2 2;
  }
  .key-sign.sparse path {
    stroke-width: 1.5;
  }
  .cursor-values {
    display: flex;
    gap: 2px 12px;
    min-width: 0;
    overflow: hidden;
    white-space: nowrap;
  }
  .cursor-value {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .dot-sign {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--color);
  }
  figcaption .toggle {
    flex: none;
    margin-left: auto;
  }
  .plot {
    position: relative;
    height: 190px;
    cursor: crosshair;
    border-radius: 4px;
    touch-action: pan-y;
  }
  .main .plot {
    height: clamp(240px, 38vh, 460px);
  }
  .plot canvas {
    position: absolute;
    inset: 0;
  }
  .overlay {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
  }
  .overlay > [hidden] {
    display: none;
  }
  .hair {
    position: absolute;
    left: var(--left);
    top: var(--top);
    height: var(--height);
    border-left: 1px solid color-mix(in srgb, var(--ink) 55%, transparent);
  }
  .dot {
    position: absolute;
    left: calc(var(--left) - 4px);
    top: calc(var(--top) - 4px);
    width: 9px;
    height: 9px;
    border: 2px solid var(--vscode-editor-background, Canvas);
    border-radius: 50%;
    background: var(--color);
  }
  .selection {
    position: absolute;
    left: var(--left);
    top: 0;
    bottom: 0;
    width: var(--width);
    border: solid var(--vscode-contrastActiveBorder, var(--accent));
    border-width: 0 1px;
    background: color-mix(in srgb, var(--accent) 18%, transparent);
  }
  .lane {
    position: relative;
    height: 22px;
    margin: 0 28px 4px 64px;
  }
  .marker {
    position: absolute;
    left: calc(var(--share) * 100% - 9px);
    top: 2px;
    display: inline-flex;
    align-items: center;
    padding: 2px;
    border: 0;
    border-radius: 4px;
    background: none;
    font: inherit;
    font-size: 12px;
    line-height: 14px;
    color: inherit;
    cursor: pointer;
  }
  .marker:hover {
    background: var(--track);
  }
  .marker-icon {
    flex: none;
    vertical-align: -2px;
    fill: var(--good);
  }
  .marker-icon.nonFinite {
    fill: var(--bad);
  }
  .marker-icon.batchSizeReduced {
    fill: var(--warn);
  }
  .marker-icon.resumed {
    fill: var(--accent);
  }
  @container (max-width: 720px) {
    .charts {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @container (min-width: 1500px) {
    .charts {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
`;
