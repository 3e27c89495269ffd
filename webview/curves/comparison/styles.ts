import { css } from 'lit';

/** Tables whose columns are runs; below 640 pixels each row is a list of runs. */
export const comparisonStyle = css`
  .comparison {
    --label: 17em;
    --column: 11em;
    display: flex;
    flex-direction: column;
    gap: 22px;
    min-width: 0;
    container-type: inline-size;
  }
  .comparison h2,
  .comparison h3 {
    margin: 0;
    font-weight: 600;
  }
  .comparison h2 {
    font-size: 1.25em;
  }
  .comparison h3 {
    font-size: 1.08em;
  }
  .comparison-head,
  .comparison-controls,
  .compared-title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
  }
  .comparison-head {
    justify-content: space-between;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
  .compared-title {
    align-items: baseline;
    position: sticky;
    left: 0;
    width: fit-content;
    max-width: 100cqw;
    padding-bottom: 4px;
  }
  .comparison-tables {
    display: flex;
    flex-direction: column;
    gap: 22px;
    overflow-x: auto;
  }
  .compared-section {
    min-width: 0;
  }
  .compared-caution {
    position: sticky;
    left: 0;
    max-width: min(100cqw, 70em);
    margin: 4px 0 8px;
  }
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
  .run-key,
  .cell-run {
    display: inline-flex;
    align-items: baseline;
    gap: 7px;
    max-width: 100%;
  }
  .compared-run {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    font-weight: 600;
  }
  .run-mark {
    flex: none;
    width: 12px;
    height: 12px;
    transform: translateY(1px);
  }
  .run-mark svg {
    display: block;
    fill: var(--run);
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
  .compared-question {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 12px 0;
    border-bottom: 1px solid var(--hair);
  }
  .compared-question:last-child {
    border-bottom: 0;
  }
  .compared-prompt {
    font-size: 1.08em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .compared-mode {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: baseline;
    gap: 4px 12px;
    margin-top: 4px;
  }
  .compared-line {
    display: grid;
    grid-template-columns: 7em 1fr;
    gap: 0 10px;
    padding-left: 10px;
    border-left: 2px solid var(--line);
    overflow-wrap: anywhere;
  }
  .compared-answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
    gap: 10px;
  }
  .compared-answer {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-width: 0;
  }
  .compared-answer .text,
  .compared-line .text {
    max-height: 24em;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .compared-answer .answer-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin-top: auto;
  }
  .comparison ins {
    color: var(--ink);
    background: color-mix(in srgb, var(--good) 18%, transparent);
    text-decoration: underline var(--good);
    text-decoration-thickness: 2px;
    text-underline-offset: 3px;
  }
  .comparison del {
    color: var(--quiet);
    text-decoration: line-through;
  }
  .comparison del + ins {
    margin-left: 2px;
  }
  /* As wide as all columns: nothing to scroll, so that the runs' names can stay in sight. */
  @container (min-width: 640px) {
    .runs-2 .comparison-tables {
      overflow: visible;
    }
    .runs-2 .compared thead > tr > * {
      position: sticky;
      top: var(--sticky-top, 0);
      z-index: 2;
    }
  }
  @container (min-width: 720px) {
    .runs-3 .comparison-tables {
      overflow: visible;
    }
    .runs-3 .compared thead > tr > * {
      position: sticky;
      top: var(--sticky-top, 0);
      z-index: 2;
    }
  }
  @container (min-width: 880px) {
    .runs-4 .comparison-tables {
      overflow: visible;
    }
    .runs-4 .compared thead > tr > * {
      position: sticky;
      top: var(--sticky-top, 0);
      z-index: 2;
    }
  }
  @container (max-width: 639px) {
    .comparison-tables {
      overflow: visible;
    }
    table.compared,
    .compared tbody,
    .compared tr,
    .compared th[scope='row'],
    .compared td {
      display: block;
      position: static;
      width: auto;
      min-width: 0;
      padding: 0;
      border: 0;
    }
    /* gone for eyes alone: cells still belong to a run */
    .compared thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .compared tr {
      padding: 8px 0;
      border-bottom: 1px solid var(--hair);
    }
    .compared td {
      display: grid;
      grid-template-columns: minmax(8em, 40%) 1fr;
      gap: 0 10px;
      padding: 2px 0 0 4px;
    }
    .compared .row-about > td {
      display: block;
      padding: 0;
    }
    .compared tr:has(+ .row-about) {
      padding-bottom: 2px;
      border-bottom: 0;
    }
    .compared .row-about {
      padding-top: 0;
    }
    .cell-run {
      display: inline-flex;
      min-width: 0;
      color: var(--quiet);
    }
    .cell-run > :last-child {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }
`;
