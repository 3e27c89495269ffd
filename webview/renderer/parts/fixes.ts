import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { OutputFix } from '../../../src/protocol/outputs';
import type { ViewContext } from '../view';
import { linkAction } from './actions';

/** A button for each change of the recipe that may help, the best first, with what it gains or costs beside it. */
export function fixButtons(fixes: readonly OutputFix[], context: ViewContext): TemplateResult | typeof nothing {
  const { post, words } = context;
  if (post === null || fixes.length === 0) return nothing;
  return html`
    <ul class="fixes" aria-label=${words.t('Change the recipe')}>
      ${fixes.map(
        ({ label, note, changes }, index) => html`
          <li>
            <vscode-button ?secondary=${index > 0} @click=${() => post({ type: 'applyFix', changes })}
              >${label}</vscode-button
            >
            ${note === null ? nothing : html`<span class="quiet">${note}</span>`}
          </li>
        `,
      )}
    </ul>
  `;
}

/** The same within a sentence, as quiet as links. */
export function fixLinks(fixes: readonly OutputFix[], context: ViewContext): unknown {
  return fixes.map(({ label, changes }) => linkAction(label, { type: 'applyFix', changes }, context));
}
