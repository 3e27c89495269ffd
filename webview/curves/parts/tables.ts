import { html, nothing, type TemplateResult } from 'lit';
import { CURVES } from '../../../src/protocol/curvesPanel';
import { formatX } from '../chart/axes';
import type { ShownRun } from '../chart/lines';
import type { ViewContext } from '../context';
import { curveWords, markerWords } from '../curveWords';
import { measuredCurves } from '../readout';
import type { Span } from '../span';
import { markerIcon } from './icons';
import { valueWords } from './values';

/** More make a page slow and nobody reads them; the file has them all. */
const MOST_ROWS = 400;

/** What happened on the way, as a table. */
export function eventsTable(context: ViewContext): TemplateResult | typeof nothing {
  const { words, charts } = context;
  const { t } = words;
  const placed = charts.placed();
  if (placed.length === 0) return nothing;
  return html`
    <details class="events">
      <summary>${t('What happened on the way')} <span class="quiet number">${placed.length}</span></summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('What happened on the way')}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="right">${t('Step')}</th>
              <th scope="col">${t('What')}</th>
              <th scope="col">${t('Details')}</th>
              <th scope="col">${t('Run')}</th>
            </tr>
          </thead>
          <tbody>
            ${placed.slice(0, MOST_ROWS).map(
              ({ marker, run }) =>
                html`<tr>
                  <th scope="row" class="right number">${words.integer(marker.trainStep)}</th>
                  <td>${markerIcon(marker.kind)} ${markerWords(marker.kind, words)}</td>
                  <td>${marker.text}</td>
                  <td>${run}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${placed.length <= MOST_ROWS ? nothing : html`<p class="quiet">${t('{0} more', words.integer(placed.length - MOST_ROWS))}</p>`}
    </details>
  `;
}

/** The points of what is shown, as numbers: for reading, copying and screen readers. */
export function pointsTable(context: ViewContext): TemplateResult {
  const { words, charts, choices } = context;
  const { t } = words;
  const measured = measuredCurves(charts.runs.map(({ run }) => run));
  const curves = CURVES.filter((curve) => measured.has(curve));
  const { rows, all } = rowsOf(charts.runs, charts.shown, choices.xAxis);
  const several = charts.runs.length > 1;
  return html`
    ${
      rows.length === all
        ? nothing
        : html`<p class="quiet">
            ${t('{0} of {1} points of the part that is shown: zoom in for all of them, or save the CSV file.', words.integer(rows.length), words.integer(all))}
          </p>`
    }
    <div class="scroll" tabindex="0" role="region" aria-label=${t('Logged values')}>
      <table class="points">
        <thead>
          <tr>
            ${several ? html`<th scope="col">${t('Run')}</th>` : nothing}
            <th scope="col" class="right">${t('Step')}</th>
            <th scope="col" class="right">${t('Time')}</th>
            ${curves.map((curve) => html`<th scope="col" class="right">${curveWords(curve, words)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ run, index }) =>
              html`<tr class="number">
                ${several ? html`<td>${run.facts.name}</td>` : nothing}
                <th scope="row" class="right">${words.integer(run.columns.trainStep[index] ?? 0)}</th>
                <td class="right">${formatX('time', run.x('time')[index] ?? 0, words)}</td>
                ${curves.map((curve) => html`<td class="right">${valueWords(curve, run.columns[curve][index] ?? null, words)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

type Row = Pick<ShownRun, 'run'> & { readonly index: number };

/** Evenly thinned where there are too many; the last one stays. */
function rowsOf(
  runs: readonly ShownRun[],
  { min, max }: Span,
  xAxis: 'step' | 'time',
): { readonly rows: readonly Row[]; readonly all: number } {
  const all = runs.flatMap(({ run }): Row[] => {
    const x = run.x(xAxis);
    const rows: Row[] = [];
    for (const [index, at] of x.entries()) if (at >= min && at <= max) rows.push({ run, index });
    return rows;
  });
  const every = Math.ceil(all.length / MOST_ROWS);
  return { rows: all.filter((_, index) => index % every === 0 || index === all.length - 1), all: all.length };
}
