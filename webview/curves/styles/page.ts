import { css } from 'lit';

/**
 * Colours of runs: told apart with any kind of colour vision (they differ in lightness too), three to one on the background.
 * The first is the theme's own blue, as in the notebook.
 */
export const pageStyle = css`
  :host {
    --run-1: var(--vscode-charts-blue, #0063d3);
    --run-2: #c4560a;
    --run-3: #00796b;
    --run-4: #8a2fb0;
    --run-5: #7a5c00;
    --run-6: #5a6472;
  }
  :host-context(.vscode-dark),
  :host-context(.vscode-high-contrast:not(.vscode-high-contrast-light)) {
    --run-2: #ff9d4d;
    --run-3: #4fd1b5;
    --run-4: #cf9bf0;
    --run-5: #e6c34d;
    --run-6: #a9b4c0;
  }
  .page {
    display: flex;
    flex-direction: column;
    gap: 14px;
    max-width: 1800px;
    margin: 0 auto;
    padding: 14px 20px 24px;
    overflow-wrap: anywhere;
  }
  h1,
  h2 {
    margin: 0;
    font-size: 1.25em;
    font-weight: 600;
    line-height: 1.3;
  }
  h2 {
    font-size: 1.08em;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 24px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 8px;
  }
  .page .warnings .notice {
    justify-content: flex-start;
  }
  .page .notice.bad {
    margin: 0;
    padding: 7px 12px;
  }
  .blank {
    display: flex;
    flex-direction: column;
    gap: 8px;
    align-items: center;
    padding: 56px 20px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    text-align: center;
  }
  .blank.bad {
    border-left: 3px solid var(--bad);
  }
  .blank p {
    max-width: 70ch;
    color: var(--quiet);
  }
  vscode-progress-bar {
    width: min(320px, 100%);
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }
  .hint {
    font-size: max(12px, 0.92em);
  }
`;
