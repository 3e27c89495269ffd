import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { CurveRunStatus } from '../../../src/protocol/curvesPanel';
import type { ViewContext } from '../context';

const BAD: ReadonlySet<CurveRunStatus> = new Set(['failed', 'lost']);

/** What went wrong in runs, and what those without points wait for. */
export function notes({ runs }: ViewContext): TemplateResult | typeof nothing {
  const told = runs.filter(({ facts, length }) => facts.note !== null && (length > 0 || runs.length > 1));
  if (told.length === 0) return nothing;
  return html`<ul class="warnings">
    ${told.map(
      ({ facts }) =>
        html`<li class="notice ${BAD.has(facts.status) ? 'bad' : 'info'}">
          <span>${runs.length > 1 ? html`<strong>${facts.name}</strong> ` : nothing}${facts.note}</span>
        </li>`,
    )}
  </ul>`;
}

/** Instead of the charts, while there is nothing to draw. */
export function emptyState({ runs, words }: ViewContext): TemplateResult {
  const { t } = words;
  const [run] = runs;
  if (run === undefined) return html`<p class="blank" role="status">${t('No run is shown.')}</p>`;
  const waits = run.facts.status === 'running';
  return html`
    <div class="blank ${BAD.has(run.facts.status) ? 'bad' : ''}" role="status">
      <strong>${waits ? t('The curves begin with the first logged step') : t('This run has no curves')}</strong>
      ${run.facts.note === null ? nothing : html`<p>${run.facts.note}</p>`}
      ${waits ? html`<vscode-progress-bar indeterminate aria-label=${t('The curves begin with the first logged step')}></vscode-progress-bar>` : nothing}
    </div>
  `;
}
