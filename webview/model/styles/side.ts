import { css } from 'lit';

export const side = css`
  .controls,
  .part-detail {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .part-detail {
    gap: 8px;
  }
  .field {
    display: flex;
    flex-direction: column;
    gap: 4px;
  }
  .field-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 10px;
  }
  label code {
    font-weight: 600;
  }
  input[type='number'] {
    flex: none;
    width: 84px;
    padding: 3px 6px;
    border: 1px solid var(--vscode-settings-numberInputBorder, var(--vscode-input-border, var(--line)));
    border-radius: 3px;
    background: var(--vscode-settings-numberInputBackground, var(--vscode-input-background, Field));
    color: var(--vscode-settings-numberInputForeground, var(--vscode-input-foreground, FieldText));
    font: inherit;
    text-align: right;
  }
  input[type='range'] {
    width: 100%;
    margin: 4px 0 0;
    accent-color: var(--accent);
  }
  input[type='checkbox'] {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 2px 0 0;
    accent-color: var(--accent);
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  fieldset legend {
    padding: 0;
    font-weight: 600;
  }
  .boxes {
    display: flex;
    flex-direction: column;
  }
  .boxes.names {
    padding-top: 4px;
    border-top: 1px solid var(--hair);
  }
  .box {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 2px 4px;
    border-radius: 3px;
    cursor: pointer;
  }
  .box:hover {
    background: color-mix(in srgb, var(--ink) 7%, transparent);
  }
  .box-note {
    margin-left: auto;
  }
  .controls .notice {
    padding: 6px 10px;
  }
  .ticks {
    display: flex;
    justify-content: space-between;
    font-size: 12px;
  }
  .ticks span {
    width: 0;
    white-space: nowrap;
    display: flex;
    justify-content: center;
  }
  .ticks span:first-child {
    margin-left: 8px;
  }
  .ticks span:last-child {
    margin-right: 8px;
  }
  .equation {
    white-space: nowrap;
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 8px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--vscode-editor-background, Canvas);
  }
  .term {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    border: 1px solid color-mix(in srgb, var(--ink) 55%, transparent);
    border-radius: 2px;
  }
  .term b {
    padding: 0 4px;
    border-radius: 3px;
    background: var(--vscode-editor-background, Canvas);
    line-height: 17px;
  }
  .term.big {
    width: calc(36px * var(--ratio));
    height: 36px;
  }
  .term.tall,
  .term.wide {
    border-color: var(--good);
    background: color-mix(in srgb, var(--good) 55%, transparent);
  }
  .term.tall {
    width: 16px;
    height: 36px;
  }
  .term.wide {
    width: calc(36px * var(--ratio));
    height: 18px;
  }
  .term.tall b,
  .term.wide b {
    padding: 0 2px;
  }
  .facts > div {
    display: flex;
    gap: 10px;
    padding: 2px 0;
    border-top: 1px solid var(--hair);
  }
  .facts dt {
    flex: 0 0 80px;
    color: var(--quiet);
  }
  .tip p {
    margin-top: 4px;
  }
`;
