import { html, nothing, type TemplateResult } from 'lit';
import { lastLinesOf } from '../../../src/core/run/failures/details';
import type { OutputProblem, StepOutput } from '../../../src/protocol/outputs';
import type { Failure } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';
import type { ViewContext } from '../view';
import { action } from './actions';
import { fixButtons } from './fixes';
import { frameList } from './frames';

/** What went wrong, what to do about it with one click, and where. */
export function problemBox(output: StepOutput, context: ViewContext): TemplateResult | typeof nothing {
  const { problem } = output;
  if (problem === null) return nothing;
  const { failure, title, remedies } = problem;
  // Ending when asked to is no failure: the box says how to go on, in a calm tone and without the trainer's own "Stopped."
  const asked = failure.kind === 'interrupted';
  return html`
    <div class=${asked ? 'notice asked info' : 'notice bad'} role=${asked ? 'status' : 'alert'}>
      <strong class="notice-title">${title}</strong>
      ${asked || title.includes(failure.message) ? nothing : html`<p class="facts-line">${failure.message}</p>`}
      ${
        remedies.length === 0
          ? nothing
          : html`<ul class="remedies">
              ${remedies.map((remedy) => html`<li>${remedy}</li>`)}
            </ul>`
      }
      ${fixButtons(problem.fixes ?? [], context)} ${evidence(failure, context.words)}
      ${asked ? nothing : actions(problem, context)} ${trace(failure, context.words)}
    </div>
  `;
}

function actions({ failure, details }: OutputProblem, context: ViewContext): TemplateResult | typeof nothing {
  const { t } = context.words;
  const { recipePath } = failure;
  if (context.post === null)
    return recipePath.length === 0 ? nothing : html`<code class="quiet">${recipePath.join('.')}</code>`;
  return html`<div class="actions evidence">
    ${recipePath.length === 0 ? nothing : action(t('Show in recipe'), { type: 'revealRecipeKey', recipePath }, context)}
    ${action(t('Show log'), { type: 'showLog' }, context)}
    ${details === undefined ? nothing : action(t('Copy details'), { type: 'copyText', text: details }, context)}
    ${recipePath.length === 0 ? nothing : html`<code class="quiet">${recipePath.join('.')}</code>`}
  </div>`;
}

/** Of a failure whose words don't tell enough: the way to where it was raised, and what was printed last. */
function evidence(failure: Failure, words: Words): TemplateResult | typeof nothing {
  const lines = lastLinesOf(failure);
  const { kind, traceback } = failure;
  if (kind !== 'unknown' && lines.length === 0) return nothing;
  return html`
    ${kind === 'unknown' && traceback !== null ? frameList(traceback, words) : nothing}
    ${
      lines.length === 0
        ? nothing
        : html`<section class="frames" aria-label=${words.t('Last lines of the log')}>
            <h4>${words.t('Last lines of the log')}</h4>
            <pre tabindex="0" .textContent=${lines.join('\n')}></pre>
          </section>`
    }
  `;
}

/** A process that ended without a word has the end of its log in this place, which is shown already. */
function trace({ traceback }: Failure, { t }: Words): TemplateResult | typeof nothing {
  if (traceback === null || !traceback.includes('Traceback')) return nothing;
  return html`<details>
    <summary>${t('Python traceback')}</summary>
    <pre tabindex="0" .textContent=${traceback}></pre>
  </details>`;
}
