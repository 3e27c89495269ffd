import { css } from 'lit';

/** The page from top to bottom: whose model, what is in the way, figures, controls beside the map, memory. */
export const page = css`
  .page {
    --four: var(--vscode-charts-blue, #0078d4);
    --stream: color-mix(in srgb, var(--ink) 34%, transparent);
    display: flex;
    flex-direction: column;
    gap: 16px;
    max-width: 1500px;
    margin: 0 auto;
    padding: 14px 20px 28px;
    overflow-wrap: anywhere;
  }
  h1,
  h2,
  h3 {
    margin: 0;
    font-size: 1.25em;
    font-weight: 600;
    line-height: 1.3;
  }
  h2 {
    font-size: 1.08em;
  }
  h3 {
    font-size: 1em;
  }
  h1 .quiet,
  h3 .quiet {
    font-weight: normal;
  }
  header {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .model-name strong {
    margin-right: 6px;
    font-weight: 600;
  }
  .chips,
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
  }
  .actions {
    gap: 6px 14px;
  }
  .chip strong {
    font-weight: 600;
  }
  .working p {
    margin-bottom: 5px;
  }
  vscode-progress-bar {
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--track);
  }
  .page .notice {
    margin-bottom: 0;
  }

  .figures {
    position: sticky;
    top: 0;
    z-index: 3;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0 -20px;
    padding: 8px 20px;
    background: var(--vscode-editor-background, Canvas);
  }
  .count {
    flex: 1 1 130px;
    padding: 6px 12px;
  }
  .count-name {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  .count-value {
    font-size: 1.4em;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }

  .main {
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  .side {
    display: contents;
  }
  .part-detail {
    order: 2;
  }
  @container (min-width: 940px) {
    .main {
      display: grid;
      grid-template-columns: 300px minmax(0, 1fr);
      align-items: start;
      gap: 24px;
    }
    .side {
      position: sticky;
      top: 84px;
      display: flex;
      flex-direction: column;
      gap: 12px;
      max-height: calc(100vh - 96px);
      overflow: auto;
    }
  }
  @container (max-width: 780px) {
    .figures {
      position: static;
    }
  }
`;
