import { css } from 'lit';

/** A number with its name, that explains itself when it is pointed at. */
export const countStyle = css`
  .count {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    font: inherit;
    color: inherit;
    text-align: left;
    cursor: help;
  }
  .count:hover {
    border-color: var(--vscode-contrastActiveBorder, var(--line));
  }
  .count.good,
  .count.warn,
  .count.bad {
    border-left: 3px solid var(--tone);
    padding-left: 10px;
  }
  .count-value {
    font-weight: 600;
  }
`;
