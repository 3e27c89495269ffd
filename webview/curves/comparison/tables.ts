import { html, nothing, type TemplateResult } from 'lit';
import type { ComparedRow } from '../../../src/protocol/curvesPanel';
import { cssVariable } from '../../shared/cssVariable';
import type { Words } from '../../shared/words';
import type { ComparisonContext } from './context';
import { comparedRow } from './row';
import { runKey } from './runKey';

/** All tables in one frame: where runs don't fit beside each other, they are scrolled together. */
export function tables(context: ComparisonContext): TemplateResult {
  const { comparison, runs, words } = context;
  const { t } = words;
  const sections = [
    ['results', t('Results'), comparison.results],
    ['recipe', t('Recipe'), comparison.recipe],
    ['data', t('Data'), comparison.data],
    ['versions', t('Versions'), comparison.versions],
  ] as const;
  return html`
    <div
      class="comparison-tables"
      tabindex="0"
      role="region"
      aria-label=${t('What the runs have in common and what not')}
      ${cssVariable('--runs', String(runs.length))}
    >
      ${sections.map(([id, title, rows]) => section(id, title, rows, context))}
    </div>
  `;
}

function section(id: string, title: string, rows: readonly ComparedRow[], context: ComparisonContext): TemplateResult {
  const { words, choices } = context;
  const shown = choices.rows === 'all' ? rows : rows.filter(({ same }) => !same);
  const cautions = [...new Set(shown.flatMap(({ caution }) => caution ?? []))];
  return html`
    <section class="compared-section ${id}" aria-labelledby="compared-${id}">
      <div class="compared-title">
        <h3 id="compared-${id}">${title}</h3>
        <span class="quiet number">${summary(rows, words)}</span>
      </div>
      ${cautions.map((caution) => html`<p class="notice warn compared-caution">${caution}</p>`)}
      ${shown.length === 0 ? nothing : table(id, shown, context)}
    </section>
  `;
}

function summary(rows: readonly ComparedRow[], { t, integer }: Words): string {
  const differing = rows.filter(({ same }) => !same).length;
  if (rows.length === 0) return t('nothing is known yet');
  return differing === 0
    ? t('no difference in {0} rows', integer(rows.length))
    : t('differing rows: {0} of {1}', integer(differing), integer(rows.length));
}

/** Roles are said again: where rows are stacked (styles.ts), CSS takes the table's own from it. */
function table(id: string, rows: readonly ComparedRow[], context: ComparisonContext): TemplateResult {
  const { runs } = context;
  return html`
    <table class="compared" role="table" aria-labelledby="compared-${id}">
      <thead role="rowgroup">
        <tr role="row">
          <td role="cell" class="corner"></td>
          ${runs.map((run, index) => html`<th scope="col" role="columnheader">${runKey(run, index)}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => comparedRow(row, context))}
      </tbody>
    </table>
  `;
}
