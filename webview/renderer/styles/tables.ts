import { css } from 'lit';

export const tables = css`
  table {
    width: 100%;
    border-collapse: collapse;
    text-align: left;
  }
  caption {
    padding-bottom: 4px;
  }
  th,
  td {
    padding: 5px 12px 5px 0;
    border-bottom: 1px solid var(--hair);
    font-weight: normal;
    vertical-align: baseline;
  }
  tr > :last-child {
    padding-right: 0;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  thead th {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
    white-space: nowrap;
  }
  .right {
    text-align: right;
  }
  .type {
    display: inline-block;
    margin-left: 2px;
    font-size: max(12px, 0.92em);
  }
  th.share {
    width: 26%;
    padding-left: 12px;
  }
  td.share {
    padding-left: 12px;
    vertical-align: middle;
  }
  .share-row {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .share-row .number {
    min-width: 4.2em;
    text-align: right;
  }
  .bar {
    flex: 1;
    min-width: 24px;
    height: 6px;
    border-radius: 3px;
    background: var(--track);
    overflow: hidden;
  }
  .bar.thick {
    height: 14px;
  }
  .fill {
    display: block;
    width: var(--share, 0);
    height: 100%;
    min-width: 1px;
    border-radius: inherit;
    background: var(--accent);
  }
  .fill.pale {
    background: color-mix(in srgb, var(--accent) 55%, transparent);
  }
  .compare {
    display: flex;
    flex-direction: column;
    gap: 6px;
    margin-top: 6px;
  }
  .compare-row {
    display: grid;
    grid-template-columns: minmax(8em, 19em) 1fr;
    align-items: center;
    gap: 4px 14px;
  }
  .compare dd {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .compare dd .value {
    min-width: 7em;
    text-align: right;
    font-weight: 600;
  }
  .scroll {
    max-height: 260px;
    overflow: auto;
  }
  .points thead th {
    position: sticky;
    top: 0;
    background: var(--vscode-notebook-editorBackground, var(--vscode-editor-background, Canvas));
  }
  .points th,
  .points td {
    padding-top: 2px;
    padding-bottom: 2px;
  }
  .specials,
  .files {
    max-width: 760px;
  }
  .columns {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
  }
  .samples {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr));
    gap: 10px;
  }
  .samples .card {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .corner {
    font-size: max(12px, 0.92em);
  }
  .bubble {
    max-height: 18em;
    overflow: auto;
    white-space: pre-wrap;
  }
  .calls {
    margin-top: 4px;
    font-family: var(--mono);
    font-size: max(12px, 0.92em);
    overflow-wrap: anywhere;
  }
  @container (max-width: 620px) {
    .layers .share {
      display: none;
    }
    .layers td:nth-child(4) {
      padding-right: 0;
    }
    .compare-row {
      grid-template-columns: 1fr;
    }
  }
`;
