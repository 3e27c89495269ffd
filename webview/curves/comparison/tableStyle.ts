import { css } from 'lit';

/** Tables whose columns are runs; the names of rows stay in sight where the runs are scrolled. */
export const tableStyle = css`
  table.compared {
    width: 100%;
    min-width: calc(var(--label) + var(--runs, 2) * var(--column));
    table-layout: fixed;
    border-collapse: separate;
    border-spacing: 0;
    text-align: left;
  }
  .compared th,
  .compared td {
    padding: 5px 14px 5px 0;
    border-bottom: 1px solid var(--hair);
    font-weight: normal;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }
  .compared tbody tr:last-child > * {
    border-bottom: 0;
  }
  .compared th[scope='row'],
  .compared .corner {
    position: sticky;
    left: 0;
    z-index: 1;
    width: var(--label);
    background: var(--vscode-editor-background, Canvas);
  }
  .compared thead th,
  .compared thead td {
    border-bottom-color: var(--line);
    color: var(--ink);
    white-space: normal;
    background: var(--vscode-editor-background, Canvas);
    vertical-align: bottom;
  }
  .compared tbody tr:hover > * {
    background: color-mix(in srgb, var(--ink) 4%, var(--vscode-editor-background, Canvas));
  }
  .compared .same,
  .compared .alike,
  .key-path {
    color: var(--quiet);
  }
  .row-label.explained {
    text-decoration: underline dotted var(--quiet);
    text-underline-offset: 3px;
  }
  .row-label.explained:has(code) {
    text-decoration: none;
  }
  .compared tr:has(+ .row-about) > * {
    border-bottom: 0;
    padding-bottom: 0;
  }
  .compared .row-about > td {
    padding-top: 1px;
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .row-about span {
    display: block;
    position: sticky;
    left: 0;
    width: fit-content;
    max-width: min(100cqw, 60em);
  }
  .differs-mark {
    display: inline-block;
    width: 1.3em;
    color: var(--ink);
    font-weight: 600;
  }
  .cell-run {
    display: none;
  }
  .cell-value {
    white-space: pre-wrap;
  }
  .cell-value.code {
    font-family: var(--mono);
    font-size: max(12px, 0.95em);
  }
  .cell-value.long {
    display: block;
    max-height: 16em;
    overflow: auto;
  }
  .cell-note {
    margin-left: 6px;
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .badge.best {
    margin-left: 6px;
  }
`;
