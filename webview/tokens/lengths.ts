import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { LengthBin, TokenView } from '../../src/protocol/tokenView';
import { cssVariable } from '../shared/cssVariable';
import type { Words } from '../shared/words';
import type { ViewContext } from './context';
import { fraction } from './fraction';
import { sentence } from '../shared/sentence';

const WIDTH = 600;
const HEIGHT = 110;

/** How long the rows are, where max_length cuts, and which value would be a good one. */
export function lengths(view: TokenView, context: ViewContext): TemplateResult | typeof nothing {
  const { words } = context;
  const { t } = words;
  const bins = view.lengths;
  const end = axisEnd(view);
  if (bins.length === 0) return nothing;
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  const proposed = view.suggestion?.maxLength ?? null;
  const summary = describe(view, words);
  return html`
    <figure class="lengths">
      <figcaption>
        <h2>${t('Tokens per row')}</h2>
        <span class="quiet">${summary}</span>
      </figcaption>
      <div class="plot">
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${summary}>
          ${bins.map((bin) => bar(bin, most, end, words))} ${line(view.maxLength, end, 'limit')}
          ${proposed === view.maxLength ? nothing : line(proposed, end, 'proposed')}
        </svg>
        ${mark(view.maxLength, end, 'limit', 'max_length', words)}
        ${proposed === view.maxLength ? nothing : mark(proposed, end, 'proposed', t('suggested'), words)}
      </div>
      <div class="axis quiet number" aria-hidden="true">
        <span>0</span><span>${words.integer(Math.round(end))}</span>
      </div>
      ${suggestion(view, context)}
      <details>
        <summary>${t('As a table')}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${t('Tokens per row')}>${table(bins, words)}</div>
      </details>
    </figure>
  `;
}

/** Far enough for max_length and what is suggested, unless that would squeeze the rows into one corner. */
function axisEnd({ lengths: bins, maxLength, suggestion: proposed }: TokenView): number {
  const longest = bins.at(-1)?.to ?? 1;
  const limits = [maxLength, proposed?.maxLength ?? null].filter((limit) => limit !== null && limit <= longest * 2);
  return Math.max(longest, ...limits.map((limit) => (limit ?? 0) * 1.02));
}

function describe({ maxLength, counts }: TokenView, { t, integer }: Words): string {
  if (maxLength === null) return t('No max_length: no row is cut.');
  return counts.truncatedRows === 0
    ? t('No row is cut at max_length {0}.', integer(maxLength))
    : t('{0} rows are longer than max_length {1}.', integer(counts.truncatedRows), integer(maxLength));
}

function bar({ from, to, rows }: LengthBin, most: number, end: number, words: Words): TemplateResult<2> {
  const height = rows === 0 ? 0 : Math.max(2, (rows / most) * (HEIGHT - 6));
  const x = (from / end) * WIDTH;
  const width = Math.max(1, ((to - from) / end) * WIDTH - 2);
  return svg`<rect class="column" x=${x + 1} y=${HEIGHT - height} width=${width} height=${height}
    ><title>${binName({ from, to, rows }, words)}: ${words.integer(rows)}</title></rect>`;
}

function line(at: number | null, end: number, name: string): TemplateResult<2> | typeof nothing {
  if (at === null || at > end) return nothing;
  const x = (at / end) * WIDTH;
  return svg`<line class=${name} x1=${x} x2=${x} y1="0" y2=${HEIGHT} />`;
}

function mark(
  at: number | null,
  end: number,
  name: string,
  label: string,
  { integer }: Words,
): TemplateResult | typeof nothing {
  if (at === null || at > end) return nothing;
  return html`<span class="mark number ${name}" ${cssVariable('--at', String(at / end))}
    >${label} ${integer(at)}</span
  >`;
}

function suggestion(
  { suggestion: proposed, maxLength }: TokenView,
  { words, ask }: ViewContext,
): TemplateResult | typeof nothing {
  if (proposed === null || proposed.maxLength === maxLength) return nothing;
  const { t, integer } = words;
  return html`
    <div class="suggestion">
      <p>
        ${sentence(proposed.why, words)}
        ${
          proposed.fits < 1
            ? html`<span class="quiet">${t('{0} of the rows fit whole.', fraction(proposed.fits, words))}</span>`
            : nothing
        }
      </p>
      <vscode-button
        @click=${() => ask('setValues', [{ path: ['train', 'data', 'max_length'], value: proposed.maxLength }])}
        >${t('Use {0}', integer(proposed.maxLength))}</vscode-button
      >
    </div>
  `;
}

function table(bins: readonly LengthBin[], words: Words): TemplateResult {
  const { t, integer } = words;
  return html`
    <table>
      <thead>
        <tr>
          <th scope="col">${t('Tokens')}</th>
          <th scope="col" class="right">${t('Rows')}</th>
        </tr>
      </thead>
      <tbody>
        ${bins.map(
          (bin) =>
            html`<tr>
              <th scope="row" class="number">${binName(bin, words)}</th>
              <td class="right number">${integer(bin.rows)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}

function binName({ from, to }: LengthBin, { integer }: Words): string {
  return to - from <= 1 ? integer(from) : `${integer(from)}–${integer(to - 1)}`;
}
