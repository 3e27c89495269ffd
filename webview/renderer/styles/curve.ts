import { css } from 'lit';

export const curve = css`
  .chart {
    position: relative;
    width: 100%;
    height: 280px;
  }
  .curve-controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 20px;
  }
  .series {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .series.second {
    margin-left: auto;
  }
  .stroke {
    width: 18px;
    border-top: 2px solid var(--accent);
  }
  .eval .stroke {
    border-color: var(--special);
  }
  .second .stroke {
    border-top: 2px dashed var(--quiet);
  }
  .flag {
    border: 5px solid transparent;
    border-top: 0;
    border-bottom: 8px solid var(--good);
  }
  vscode-single-select {
    width: 160px;
  }

  .histogram figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 14px;
  }
  .plot {
    position: relative;
    height: 96px;
    margin-top: 22px;
    border-bottom: 1px solid var(--line);
  }
  .plot svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  .column {
    fill: var(--accent);
    fill-opacity: 0.75;
  }
  .column:hover {
    fill-opacity: 1;
  }
  .limit {
    stroke: var(--bad);
    stroke-width: 1.5;
    stroke-dasharray: 4 3;
    vector-effect: non-scaling-stroke;
  }
  .limit-label {
    position: absolute;
    bottom: 100%;
    left: calc(var(--at) * 100%);
    transform: translateX(calc(var(--at) * -100%));
    font-size: 12px;
    white-space: nowrap;
  }
  .axis {
    display: flex;
    justify-content: space-between;
    font-size: 12px;
  }
  .truncated.some {
    width: fit-content;
    margin-top: 4px;
    padding: 2px 10px;
    border-left: 3px solid var(--warn);
    background: color-mix(in srgb, var(--warn) 10%, transparent);
  }
`;
