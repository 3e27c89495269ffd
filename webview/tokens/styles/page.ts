import { css } from 'lit';

/** The page from top to bottom: origin, what is in the way, findings, figures. */
export const page = css`
  .page {
    display: flex;
    flex-direction: column;
    gap: 18px;
    max-width: 1400px;
    margin: 0 auto;
    padding: 14px 20px 0;
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
  h1 .quiet {
    font-weight: normal;
  }
  header {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .origin {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 28px;
  }
  .origin dt,
  .count-name {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
  }
  .chip strong {
    font-weight: 600;
  }
  .actions,
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
  }
  .actions:empty {
    display: none;
  }

  .working-words {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin-bottom: 5px;
  }
  .working .link {
    margin-left: auto;
  }
  vscode-progress-bar {
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }
  .page .notice.bad {
    margin-bottom: 0;
  }
  .reason {
    white-space: pre-wrap;
  }

  .findings {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .finding strong {
    font-weight: 600;
  }
  .finding .badge {
    margin-right: 4px;
  }

  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .counts li {
    flex: 1 1 150px;
    display: flex;
  }
  .count {
    flex: 1;
    padding: 8px 12px;
  }
  .count-value {
    font-size: 1.5em;
    line-height: 1.35;
    letter-spacing: -0.01em;
  }
  .partial {
    margin-top: 6px;
  }
`;
