import { html, nothing, type TemplateResult } from 'lit';
import type { TokenInfo } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';
import { countKinds } from './tokenKind';

/** What the colours mean, with counts. */
export function tokenLegend(tokens: readonly TokenInfo[], words: Words): TemplateResult {
  const counts = countKinds(tokens);
  const { t } = words;
  const item = (kind: string, name: string, count: number): TemplateResult | typeof nothing =>
    count === 0
      ? nothing
      : html`<li>
          <span class="swatch ${kind}" aria-hidden="true"></span>${name}
          <span class="quiet number">${words.integer(count)}</span>
        </li>`;
  return html`
    <ul class="legend">
      ${item('trained', t('trained'), counts.trained)} ${item('masked', t('masked, not trained'), counts.masked)}
      ${item('padding', t('padding'), counts.padding)} ${item('special', t('special'), counts.special)}
    </ul>
  `;
}
