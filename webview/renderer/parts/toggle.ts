import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import { html, type TemplateResult } from 'lit';

/** A check box. `checked` is set as a property, so a redraw never undoes a click that is on its way. */
export function toggle(label: string, checked: boolean, act: (checked: boolean) => void): TemplateResult {
  const onChange = ({ target }: Event): void => {
    if (target instanceof Element && 'checked' in target) act(target.checked === true);
  };
  return html`<vscode-checkbox label=${label} .checked=${checked} @change=${onChange}></vscode-checkbox>`;
}
