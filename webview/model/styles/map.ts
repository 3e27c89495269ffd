import { css } from 'lit';

/** The stream runs down at the left; each lane reads from it and adds to it. */
export const mapStyle = css`
  .map {
    min-width: 0;
  }
  .map-head {
    display: flex;
    flex-direction: column;
    gap: 6px;
    margin-bottom: 12px;
  }
  .towers {
    display: flex;
    flex-wrap: wrap;
    gap: 20px 28px;
    align-items: flex-start;
  }
  .tower {
    flex: 1 1 100%;
    min-width: 0;
  }
  .tower h3 {
    margin-bottom: 4px;
  }
  .stream {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding-left: 40px;
  }
  .stream::before {
    content: '';
    position: absolute;
    left: 13px;
    top: 12px;
    bottom: 10px;
    width: 2px;
    background: var(--stream);
  }
  .end {
    position: relative;
    line-height: 24px;
    color: var(--quiet);
  }
  .end::before {
    content: '';
    position: absolute;
    left: -32px;
    top: 6px;
    width: 12px;
    height: 12px;
    border: 2px solid var(--stream);
    border-radius: 50%;
    background: var(--vscode-editor-background, Canvas);
  }
  .end.to::before {
    left: -31px;
    top: 8px;
    width: 0;
    height: 0;
    border: 6px solid transparent;
    border-top: 9px solid var(--stream);
    border-bottom: 0;
    border-radius: 0;
    background: none;
  }
  .stage {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 12px 20px;
  }
  .stage::before,
  .lane::before {
    content: '';
    position: absolute;
    left: -26px;
    top: 20px;
    width: 20px;
    height: 2px;
    background: var(--stream);
  }

  .block {
    position: relative;
    padding: 10px 14px 14px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: color-mix(in srgb, var(--ink) 2.5%, var(--vscode-editor-background, Canvas));
    box-shadow:
      4px 4px 0 -1px var(--vscode-editor-background, Canvas),
      4px 4px 0 0 var(--line),
      8px 8px 0 -1px var(--vscode-editor-background, Canvas),
      8px 8px 0 0 var(--line);
    margin: 0 8px 8px -40px;
    padding-left: 40px;
  }
  /* The stream goes through the block. */
  .block::before {
    content: '';
    position: absolute;
    left: 12px;
    top: 0;
    bottom: 0;
    width: 2px;
    background: var(--stream);
  }
  .block-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 12px;
  }
  .times {
    font-size: 1.15em;
  }
  .lanes {
    display: flex;
    flex-direction: column;
    gap: 14px;
    margin-top: 12px;
  }
  .lane {
    position: relative;
    padding: 8px 12px 12px;
    border: 1px solid var(--hair);
    border-radius: 8px;
    background: var(--vscode-editor-background, Canvas);
  }
  .lane::before {
    left: -27px;
    width: 26px;
    top: 18px;
  }
  /* What it made is added to the stream. */
  .lane::after {
    content: '+';
    position: absolute;
    left: -36px;
    bottom: 8px;
    width: 18px;
    height: 18px;
    border: 2px solid var(--stream);
    border-radius: 50%;
    background: var(--vscode-editor-background, Canvas);
    color: var(--quiet);
    font-size: 14px;
    font-weight: 700;
    line-height: 13px;
    text-align: center;
  }
  .lane .back {
    position: absolute;
    left: -18px;
    bottom: 16px;
    width: 17px;
    height: 2px;
    background: var(--stream);
  }
  .lane-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    margin-bottom: 8px;
  }
  .lane-size {
    margin-left: auto;
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 6px;
  }
  .step {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    padding: 0;
  }
  .step-parts {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 10px;
    min-width: 0;
  }
  .arrow {
    flex: none;
    width: 12px;
    height: 2px;
    margin-right: 5px;
    position: relative;
    background: var(--stream);
  }
  .arrow::after {
    content: '';
    position: absolute;
    right: -5px;
    top: -4px;
    border: 5px solid transparent;
    border-left: 6px solid var(--stream);
    border-right: 0;
  }

  .strip-row {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    width: fit-content;
    max-width: 100%;
    margin-top: 8px;
    padding: 4px 3px;
    border-radius: 4px;
    cursor: pointer;
  }
  .cell {
    position: relative;
    flex: none;
    width: 11px;
    height: 24px;
    border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
    border-radius: 2px;
    background: color-mix(in srgb, var(--ink) 8%, transparent);
  }
  .cell.kind-1 {
    background: repeating-linear-gradient(
      45deg,
      color-mix(in srgb, var(--special) 65%, transparent) 0 2px,
      transparent 2px 5px
    );
  }
  .cell.kind-2 {
    background: repeating-linear-gradient(
      0deg,
      color-mix(in srgb, var(--warn) 65%, transparent) 0 2px,
      transparent 2px 5px
    );
  }
  .cell.kind-3 {
    background: color-mix(in srgb, var(--ink) 40%, transparent);
  }
  .cell.other-attention {
    border-top: 7px solid var(--accent);
  }
  .cell.all-targets::after,
  .cell.some-targets::after {
    content: '';
    position: absolute;
    left: 0;
    right: 0;
    bottom: 0;
    height: 6px;
    background: var(--good);
  }
  .cell.some-targets::after {
    right: 50%;
  }
  .cell.shown {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
    z-index: 1;
  }
  .strip-key {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin-top: 4px;
    font-size: max(12px, 0.92em);
  }
  .strip-key li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .strip-key .cell {
    height: 18px;
  }

  @container (min-width: 1180px) {
    .towers.several {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.25fr);
    }
    .towers.several .tower.text {
      grid-column: 2;
      grid-row: 1 / span 3;
    }
  }
`;
