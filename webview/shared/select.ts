import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

/** A list of which one is chosen. `label` is for those who hear it; what is seen stands beside it. */
export function select(
  label: string,
  value: string,
  options: readonly SelectOption[],
  act: (value: string) => void,
): unknown {
  const onChange = ({ target }: Event): void => {
    if (target instanceof Element && 'value' in target && typeof target.value === 'string') act(target.value);
  };
  // The element reads its options once each time they are slotted (vscode-select-base.js, _setStateFromSlottedElements):
  // others need another element.
  return keyed(JSON.stringify(options), template(label, value, options, onChange));
}

function template(
  label: string,
  value: string,
  options: readonly SelectOption[],
  onChange: (event: Event) => void,
): TemplateResult {
  return html`<vscode-single-select label=${label} .value=${value} @change=${onChange}>
    ${options.map(
      (option) =>
        html`<vscode-option
          value=${option.value}
          description=${option.description ?? ''}
          ?selected=${option.value === value}
          >${option.label}</vscode-option
        >`,
    )}
  </vscode-single-select>`;
}
