import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, type TemplateResult } from 'lit';

export function primary(label: string, act: () => void, disabled = false): TemplateResult {
  return html`<vscode-button ?disabled=${disabled} aria-disabled=${disabled ? 'true' : 'false'} @click=${act}
    >${label}</vscode-button
  >`;
}

export function secondary(label: string, act: () => void): TemplateResult {
  return html`<vscode-button secondary @click=${act}>${label}</vscode-button>`;
}

/** As quiet as a link. `about` completes the label for those who hear it alone. */
export function link(label: string, act: () => void, about?: string): TemplateResult {
  return html`<button
    type="button"
    class="link"
    aria-label=${about === undefined ? label : `${label}: ${about}`}
    @click=${act}
  >
    ${label}
  </button>`;
}
