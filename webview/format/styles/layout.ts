import { css } from 'lit';

/** The file above, mapping beside preview, the button below. */
export const layout = css`
  .panel {
    display: flex;
    flex-direction: column;
    gap: 18px;
    max-width: 1500px;
    min-height: 100vh;
    margin: 0 auto;
    padding: 18px 24px 0;
    overflow-wrap: anywhere;
  }
  h1,
  h2 {
    margin: 0;
    font-weight: 600;
  }
  h1 {
    font-size: 1.7em;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  h2 {
    font-size: 1.08em;
  }
  header {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .kicker {
    margin-bottom: -8px;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 28px;
  }
  .facts > div {
    display: flex;
    gap: 8px;
  }
  .facts dt {
    color: var(--quiet);
    white-space: nowrap;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
  }
  .facts .chips {
    max-height: 5.2em;
    overflow: auto;
  }
  .work {
    display: grid;
    gap: 22px 28px;
    flex: 1;
  }
  .mapping {
    display: flex;
    flex-direction: column;
    gap: 14px;
    min-width: 0;
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 16px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 10px;
  }
  .convert {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: flex;
    flex-direction: column;
    gap: 10px;
    margin: 0 -24px;
    padding: 12px 24px;
    border-top: 1px solid var(--line);
    background: var(--vscode-editor-background, Canvas);
  }
  .convert-row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: end;
    gap: 8px;
  }
  @container (min-width: 720px) {
    .work {
      grid-template-columns: minmax(270px, 27%) minmax(0, 1fr);
      align-items: start;
    }
    /* Stays beside the rows while they are looked through; what the frame cuts off at its edges are focus outlines. */
    .mapping {
      position: sticky;
      top: 0;
      max-height: calc(100vh - 72px);
      margin: -8px -6px;
      padding: 8px 6px 12px;
      overflow-y: auto;
    }
  }
  @container (min-width: 860px) {
    .convert-row .field {
      grid-template-columns: auto minmax(0, 46em);
      justify-content: end;
      align-items: baseline;
    }
    .convert-row .field > .wrong {
      grid-column: 2;
    }
  }
  @container (max-width: 480px) {
    .panel {
      padding-inline: 14px;
    }
    .convert {
      margin-inline: -14px;
      padding-inline: 14px;
    }
    .convert-row {
      grid-template-columns: 1fr 1fr;
    }
    .convert-row .field {
      grid-column: 1 / -1;
    }
  }
`;
