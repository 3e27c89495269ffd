import { css } from 'lit';

export const tablesStyle = css`
  .scroll {
    position: relative;
    overflow: auto;
  }
  details .scroll {
    max-height: 360px;
  }
  table {
    border-collapse: collapse;
    text-align: left;
  }
  th,
  td {
    padding: 3px 16px 3px 0;
    border-bottom: 1px solid var(--hair);
    font-weight: normal;
    overflow-wrap: normal;
  }
  thead th {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
    white-space: nowrap;
  }
  details thead th {
    position: sticky;
    top: 0;
    background: var(--vscode-editor-background, Canvas);
  }
  .right {
    text-align: right;
  }
  .runs {
    width: 100%;
  }
  .runs td,
  .runs th {
    padding-right: 12px;
    white-space: nowrap;
  }
  .runs .reached {
    min-width: 12em;
    padding-right: 20px;
  }
  .run-toggle {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    max-width: 230px;
    padding: 2px 8px 2px 6px;
    border: 1px solid transparent;
    border-radius: 4px;
    background: none;
    font: inherit;
    font-weight: 600;
    color: inherit;
    cursor: pointer;
  }
  .run-toggle:hover {
    border-color: var(--line);
    background: var(--surface);
  }
  .run-name {
    text-align: left;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .off .run-name {
    text-decoration: line-through;
    font-weight: normal;
    color: var(--quiet);
  }
  .off .swatch {
    opacity: 0.35;
  }
  .swatch,
  .swatch svg {
    display: inline-flex;
    flex: none;
  }
  .swatch line {
    stroke: var(--color);
    stroke-width: 2;
  }
  .swatch path {
    fill: var(--color);
  }
  .reached .eta {
    margin-left: 10px;
  }
  .track {
    display: block;
    width: 100%;
    max-width: 240px;
    height: 3px;
    margin-top: 2px;
    border-radius: 2px;
    background: var(--track);
    overflow: hidden;
  }
  .track span {
    display: block;
    width: calc(var(--share) * 100%);
    height: 100%;
    background: var(--accent);
  }
  .row-actions {
    position: sticky;
    right: 0;
    padding: 3px 0 3px 10px;
    text-align: right;
    background: var(--vscode-editor-background, Canvas);
  }
  @container (max-width: 1240px) {
    .runs,
    .runs tbody {
      display: block;
    }
    .runs thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .runs tr {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 14px;
      padding: 6px 0;
      border-bottom: 1px solid var(--hair);
    }
    .runs td,
    .runs th {
      padding: 0;
      border: 0;
      white-space: normal;
    }
    .runs .row-actions {
      position: static;
      margin-left: auto;
    }
    .runs .reached {
      order: 1;
      flex-basis: 100%;
      padding: 0;
    }
    .run-toggle {
      max-width: 100%;
    }
    .runs td[data-name] {
      order: 2;
    }
    .runs td[data-empty] {
      display: none;
    }
    .runs .track {
      max-width: 480px;
    }
    .runs td[data-name]:not([data-empty])::before {
      content: attr(data-name) ' ';
      color: var(--quiet);
    }
  }
`;
