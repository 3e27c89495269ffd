import { css } from 'lit';

/** Rows: the source at left, the conversation at right, one below the other where there is little room. */
export const preview = css`
  .preview {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-width: 0;
  }
  .rows {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    border: 1px solid var(--hair);
    border-radius: var(--radius);
  }
  .row > div {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 6px;
    min-width: 0;
    padding: 10px 12px;
  }
  .source {
    border-right: 1px solid var(--hair);
    background: var(--surface);
  }
  .source-text {
    max-width: 100%;
    max-height: 32em;
    overflow: auto;
    font-family: var(--mono);
    font-size: max(12px, 0.92em);
    white-space: pre-wrap;
  }
  .where {
    font-size: max(12px, 0.92em);
  }
  .result > * {
    max-width: 100%;
  }
  .row.skipped {
    border-color: var(--vscode-contrastBorder, color-mix(in srgb, var(--bad) 45%, transparent));
  }
  .result .notice {
    width: 100%;
    margin: 0;
  }
  .tools {
    width: 100%;
  }
  @container (max-width: 620px) {
    .row {
      grid-template-columns: minmax(0, 1fr);
    }
    .source {
      border-right: 0;
      border-bottom: 1px solid var(--hair);
    }
  }
`;
