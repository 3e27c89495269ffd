import { html, nothing, type TemplateResult } from 'lit';
import type { StepOutput } from '../../../src/protocol/outputs';
import type { ViewContext } from '../view';
import { action } from './actions';

/** What went wrong, what to do about it, and where. */
export function problemBox(output: StepOutput, context: ViewContext): TemplateResult | typeof nothing {
  const { problem } = output;
  if (problem === null) return nothing;
  const { t } = context.words;
  const { failure, title, remedies } = problem;
  // Ending when asked to is no failure: the box says how to go on, in a calm tone and without the trainer's own "Stopped."
  const asked = failure.kind === 'interrupted';
  return html`
    <div class=${asked ? 'notice asked info' : 'notice bad'} role=${asked ? 'status' : 'alert'}>
      <strong class="notice-title">${title}</strong>
      ${asked || failure.message === title ? nothing : html`<p class="facts-line">${failure.message}</p>`}
      ${
        remedies.length === 0
          ? nothing
          : html`<ul class="remedies">
              ${remedies.map((remedy) => html`<li>${remedy}</li>`)}
            </ul>`
      }
      ${
        failure.recipePath.length === 0
          ? nothing
          : html`<div class="actions">
              ${action(t('Show in recipe'), { type: 'revealRecipeKey', recipePath: failure.recipePath }, context)}
              <code class="quiet">${failure.recipePath.join('.')}</code>
            </div>`
      }
      ${
        failure.traceback === null
          ? nothing
          : html`<details>
              <summary>${t('Python traceback')}</summary>
              <pre tabindex="0" .textContent=${failure.traceback}></pre>
            </details>`
      }
    </div>
  `;
}
