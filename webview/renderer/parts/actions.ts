import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RendererMessage } from '../../../src/protocol/outputs';
import type { ViewContext } from '../view';

/** A button that asks the extension for something; nothing where nobody listens. */
export function action(label: string, message: RendererMessage, context: ViewContext): TemplateResult | typeof nothing {
  const { post } = context;
  if (post === null) return nothing;
  return html`<vscode-button secondary @click=${() => post(message)}>${label}</vscode-button>`;
}

/** The same, as quiet as a link. `about` completes the label for those who hear it alone. */
export function linkAction(
  label: string,
  message: RendererMessage,
  context: ViewContext,
  about?: string,
): TemplateResult | typeof nothing {
  const { post } = context;
  if (post === null) return nothing;
  return html`<button
    type="button"
    class="link"
    aria-label=${about === undefined ? label : `${label}: ${about}`}
    @click=${() => post(message)}
  >
    ${label}
  </button>`;
}
