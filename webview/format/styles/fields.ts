import { css } from 'lit';

/** Fields in the colours of the editor's own. */
export const fields = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px 10px;
    min-width: 0;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 140px), 1fr));
    gap: 14px 10px;
  }
  label,
  .label,
  legend {
    font-weight: 600;
  }
  fieldset label {
    font-weight: normal;
  }
  input,
  textarea {
    width: 100%;
    min-width: 0;
    margin: 0;
    padding: 4px 7px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-settings-textInputBorder, var(--line)));
    border-radius: 4px;
    background: var(--vscode-settings-textInputBackground, var(--vscode-input-background, Field));
    color: var(--vscode-settings-textInputForeground, var(--vscode-input-foreground, FieldText));
    font: inherit;
    line-height: 1.45;
  }
  .mono {
    font-family: var(--mono);
  }
  textarea {
    min-height: 4.1em;
    max-height: 22em;
    resize: vertical;
    field-sizing: content;
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--vscode-input-placeholderForeground, var(--quiet));
  }
  input:focus-visible,
  textarea:focus-visible {
    outline: 1px solid var(--focus);
    outline-offset: -1px;
  }
  [aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder, var(--bad));
  }
  .wrong {
    padding-left: 8px;
    border-left: 3px solid var(--bad);
  }
  .hint {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .chip.insert {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font: inherit;
    font-size: max(12px, 0.92em);
    color: var(--ink);
    cursor: pointer;
  }
  .chip.insert:hover {
    background: var(--track);
  }
  vscode-single-select {
    width: 100%;
    min-width: 0;
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 130px), 1fr));
    gap: 10px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 4px;
    padding: 0;
  }
  fieldset > .hint {
    grid-column: 1 / -1;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    text-align: left;
  }
  th,
  td {
    padding: 4px 12px 4px 0;
    border-bottom: 1px solid var(--hair);
    font-weight: normal;
    vertical-align: middle;
  }
  thead th {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
  }
  tr > :last-child {
    padding-right: 0;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  .roles td {
    width: 55%;
  }
  .roles .note {
    display: block;
    font-size: max(12px, 0.92em);
  }
`;
