import { css } from 'lit';

export const lengthsStyle = css`
  .lengths figcaption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 14px;
  }
  .plot {
    position: relative;
    height: 110px;
    margin-top: 40px;
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
  line {
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }
  line.limit {
    stroke: var(--bad);
    stroke-dasharray: 4 3;
  }
  line.proposed {
    stroke: var(--good);
  }
  .mark {
    position: absolute;
    bottom: 100%;
    left: calc(var(--at) * 100%);
    padding: 0 4px;
    transform: translateX(calc(var(--at) * -100%));
    font-size: 12px;
    white-space: nowrap;
    border-bottom: 2px dashed var(--bad);
  }
  .mark.proposed {
    bottom: calc(100% + 19px);
    border-bottom: 2px solid var(--good);
  }
  .axis {
    display: flex;
    justify-content: space-between;
    font-size: 12px;
  }
  .suggestion {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
    margin: 6px 0;
  }
  .scroll {
    max-height: 260px;
    overflow: auto;
  }
  table {
    min-width: 220px;
    border-collapse: collapse;
    text-align: left;
  }
  th,
  td {
    padding: 2px 16px 2px 0;
    border-bottom: 1px solid var(--hair);
    font-weight: normal;
  }
  thead th {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .right {
    text-align: right;
  }
`;
