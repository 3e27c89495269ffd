import { css } from 'lit';

/** A conversion under way, and what came of it. */
export const report = css`
  .running,
  .report {
    display: flex;
    flex-direction: column;
    gap: 14px;
    max-width: 860px;
    padding: 16px 18px;
  }
  .report {
    border-left: 3px solid var(--good);
  }
  .report:has(h2.warn) {
    border-left-color: var(--warn);
  }
  .progress-words {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 2px 12px;
  }
  vscode-progress-bar {
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 12px 32px;
  }
  .figure dt {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .figure .value {
    font-size: 1.08em;
    line-height: 1.7;
  }
  .figure.big .value {
    font-size: 1.7em;
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.01em;
  }
  .skipped-rows {
    display: flex;
    flex-direction: column;
    gap: 8px;
    max-width: 860px;
    padding-bottom: 24px;
  }
  .skipped-rows th:first-child {
    width: 6em;
    vertical-align: baseline;
  }
`;
