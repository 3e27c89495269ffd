import { css } from 'lit';

export const controlsStyle = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 22px;
  }
  .control {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .segments {
    display: flex;
  }
  .segments button,
  .toggle {
    padding: 2px 12px;
    border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--ink) 25%, transparent));
    background: transparent;
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .segments button {
    margin-left: -1px;
  }
  .segments button:first-child {
    border-radius: 4px 0 0 4px;
  }
  .segments button:last-child {
    border-radius: 0 4px 4px 0;
  }
  .segments button[aria-pressed='true'],
  .toggle[aria-pressed='true'] {
    background: color-mix(in srgb, var(--accent) 24%, transparent);
    box-shadow: inset 0 -2px var(--vscode-contrastActiveBorder, var(--accent));
  }
  .segments button[aria-pressed='true'] {
    font-weight: 600;
  }
  .segments button:focus-visible {
    z-index: 1;
  }
  .toggles {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .toggle {
    border-radius: 4px;
  }
  .toggle.small {
    padding: 0 7px;
    font-size: 12px;
    line-height: 18px;
  }
  .toggle[aria-pressed='false']:not(.small) {
    color: var(--quiet);
    text-decoration: line-through;
  }
  input[type='range'] {
    width: 120px;
    margin: 0;
    accent-color: var(--accent);
  }
  .icon-button {
    display: inline-flex;
    padding: 3px;
    border: 1px solid transparent;
    border-radius: 4px;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .icon-button svg {
    fill: currentColor;
  }
  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground, var(--track));
    border-color: var(--vscode-contrastBorder, transparent);
  }
`;
