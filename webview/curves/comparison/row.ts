import { html, nothing, type TemplateResult } from 'lit';
import type { ComparedRow } from '../../../src/protocol/curvesPanel';
import type { ComparisonContext } from './context';
import { runMark } from './runKey';

/** Longer texts scroll in their cell. */
const LONG = 600;

export function comparedRow(row: ComparedRow, context: ComparisonContext): TemplateResult {
  const { choices, words, tip } = context;
  const { about, same } = row;
  const explain = ({ currentTarget }: Event): void => {
    if (about !== null && !choices.explained && currentTarget instanceof Element) tip.say(currentTarget, about);
  };
  return html`
    <tr role="row" class=${same ? 'same' : 'differing'}>
      <th scope="row" role="rowheader">
        ${
          choices.rows === 'all' && !same
            ? html`<span class="differs-mark" aria-hidden="true">≠</span
                ><span class="hidden">${words.t('differs')}: </span>`
            : nothing
        }<span
          class=${about === null ? 'row-label' : 'row-label explained'}
          @pointerenter=${explain}
          @pointerleave=${() => tip.hide()}
          >${label(row)}</span
        >
      </th>
      ${row.values.map((_, run) => cell(row, run, context))}
    </tr>
    ${
      about !== null && choices.explained
        ? html`<tr role="row" class="row-about">
            <td role="cell" colspan=${row.values.length + 1}><span>${about}</span></td>
          </tr>`
        : nothing
    }
  `;
}

/** Of a key its last part is what tells it from its neighbours. */
function label({ path, label: text }: ComparedRow): TemplateResult | string {
  if (path.length < 2 || path.join('.') !== text) return text;
  return html`<code><span class="key-path">${path.slice(0, -1).join('.')}.</span><wbr />${path.at(-1)}</code>`;
}

function cell(
  { path, values, notes, best, same, label: rowLabel }: ComparedRow,
  run: number,
  context: ComparisonContext,
): TemplateResult {
  const { runs, words } = context;
  const { t } = words;
  const value = values[run] ?? null;
  const note = notes[run] ?? null;
  const alike = same || (run > 0 && value === values[0]);
  const long = value !== null && value.length > LONG;
  const isCode = path.length > 1 && path.join('.') === rowLabel;
  return html`
    <td role="cell" class=${alike ? 'alike' : ''}>
      <span class="cell-run" aria-hidden="true">${runMark(run)}<span>${runs[run]?.name ?? ''}</span></span>
      <span class="cell-content">
        ${
          value === null
            ? html`<span class="quiet" aria-hidden="true">–</span><span class="hidden">${t('none')}</span>`
            : html`<span
                class="cell-value number ${isCode ? 'code' : ''} ${long ? 'long' : ''}"
                tabindex=${long ? '0' : nothing}
                .textContent=${value}
              ></span>`
        }
        ${best.includes(run) ? html`<span class="badge good best">${t('best')}</span>` : nothing}
        ${note === null ? nothing : html`<span class="cell-note number">${note}</span>`}
      </span>
    </td>
  `;
}
