import { html, svg, type TemplateResult } from 'lit';
import type { Words } from '../../shared/words';
import { cssVariable } from '../../shared/cssVariable';
import { type Bin, bins } from './bins';

const WIDTH = 600;
const HEIGHT = 96;

/** How long the rows are, in tokens, and where max_length cuts. */
export function histogram(
  lengths: readonly number[],
  maxLength: number | null,
  truncatedRows: number,
  words: Words,
): TemplateResult {
  const { t } = words;
  const all = bins(lengths, maxLength);
  const end = all.at(-1)?.to ?? 1;
  const most = Math.max(...all.map(({ count }) => count), 1);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const mean = lengths.length === 0 ? 0 : lengths.reduce((a, b) => a + b, 0) / lengths.length;
  const x = (length: number): number => (length / end) * WIDTH;
  const cut = maxLength !== null && maxLength <= end ? maxLength : null;
  const summary = t('mean {0}, longest {1}', words.decimal(mean, 1), words.integer(longest));
  return html`
    <figure class="histogram">
      <figcaption>
        <h4>${t('Tokens per row')}</h4>
        <span class="quiet number">${summary}</span>
      </figcaption>
      <div class="plot">
        <svg
          viewBox="0 0 ${WIDTH} ${HEIGHT}"
          preserveAspectRatio="none"
          role="img"
          aria-label="${t('Tokens per row')}: ${summary}"
        >
          ${all.map((bin) => bar(bin, most, x, words))}
          ${cut === null ? svg`` : svg`<line class="limit" x1=${x(cut)} x2=${x(cut)} y1="0" y2=${HEIGHT} />`}
        </svg>
        ${
          cut === null
            ? html``
            : html`<span class="limit-label number" ${cssVariable('--at', String(cut / end))}
                >max_length ${words.integer(cut)}</span
              >`
        }
      </div>
      <div class="axis quiet number"><span>0</span><span>${words.integer(end)}</span></div>
      <p class=${truncatedRows > 0 ? 'truncated some' : 'truncated quiet'}>
        ${
          maxLength === null
            ? t('No max_length: no row is cut.')
            : truncatedRows === 0
              ? t('No row is longer than max_length {0}.', words.integer(maxLength))
              : t('{0} rows are longer than max_length {1}.', words.integer(truncatedRows), words.integer(maxLength))
        }
      </p>
    </figure>
  `;
}

function bar({ from, to, count }: Bin, most: number, x: (length: number) => number, words: Words): TemplateResult<2> {
  const height = count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 8));
  const width = Math.max(1, x(to) - x(from) - 2);
  const text = `${words.integer(from)}–${words.integer(to - 1)}: ${words.integer(count)}`;
  return svg`<rect class="column" x=${x(from) + 1} y=${HEIGHT - height} width=${width} height=${height}><title>${text}</title></rect>`;
}
