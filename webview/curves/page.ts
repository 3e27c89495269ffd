import { html, nothing, type TemplateResult } from 'lit';
import type { RunComparison } from '../../src/protocol/curvesPanel';
import { comparisonView } from './comparison/view';
import type { ViewContext } from './context';
import { chartCard } from './parts/chartCard';
import { controls, header } from './parts/header';
import { emptyState, notes } from './parts/notes';
import { runsTable } from './parts/runsTable';
import { eventsTable, pointsTable } from './parts/tables';

/** What the page shows beside what its parts use. */
interface PageView extends ViewContext {
  readonly comparison: RunComparison | null;
  readonly refusal: string | null;
  tableOpen: boolean;
}

/** From top to bottom: whose curves, how far they are, the charts, and the same as tables; then what differs. */
export function page(view: PageView, element: Element): TemplateResult {
  const { runs, words, refusal, comparison } = view;
  const empty = runs.every(({ length }) => length === 0);
  return html`
    <div class="page">
      ${header(view)} ${refusal === null ? nothing : html`<p class="notice warn" role="alert">${refusal}</p>`}
      ${runs.length === 0 ? nothing : runsTable(view, element)} ${notes(view)}
      ${empty ? emptyState(view) : charts(view)}
      ${
        comparison === null
          ? nothing
          : comparisonView(
              comparison,
              runs.map(({ facts }) => facts),
              words,
              { kept: view.choices.comparison, keep: (kept) => view.choose({ comparison: kept }) },
            )
      }
      ${view.tip.element}
    </div>
  `;
}

function charts(view: PageView): TemplateResult {
  const { words, charts: shown } = view;
  const { t } = words;
  return html`
    ${controls(view)}
    <div class="charts">${shown.visible.map((chart) => chartCard(chart, view))}</div>
    ${shown.visible.length === 0 ? html`<p class="quiet">${t('All runs or curves are hidden.')}</p>` : nothing}
    <p class="quiet hint" id="curves-hint">
      ${t('Drag over a chart, press + and −, or turn the wheel with Ctrl to zoom; 0 shows everything. The arrow keys go from point to point.')}
    </p>
    ${eventsTable(view)}
    <details
      class="values"
      @toggle=${({ target }: Event) => {
        view.tableOpen = target instanceof HTMLDetailsElement && target.open;
        view.redraw();
      }}
    >
      <summary>${t('Logged values')}</summary>
      ${view.tableOpen ? pointsTable(view) : nothing}
    </details>
  `;
}
