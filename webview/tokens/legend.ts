import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from './context';
import { kindWord } from './tokenFacts';
import type { Zoom } from './map/heatMap';
import { type BatchModel, KINDS } from './tokenModel';

/** What the colours and shapes mean, and how many there are in this batch. */
export function legend(model: BatchModel, zoom: Zoom, { words }: ViewContext): TemplateResult {
  const { t, integer } = words;
  const counts = model.counts();
  const joined = model.sequences.some(({ parts }) => parts.some(({ start }) => start > 0));
  return html`
    <ul class="legend ${zoom}" aria-label=${t('Legend')}>
      ${KINDS.map(
        (kind) =>
          html`<li>
            <span class="swatch ${kind}" aria-hidden="true"></span>${kindWord(kind, words)}
            <span class="quiet number">${integer(counts[kind])}</span>
          </li>`,
      )}
      <li>
        <span class="swatch special" aria-hidden="true"></span>${t('special token')}
        <span class="quiet number">${integer(counts.special)}</span>
      </li>
      ${
        joined
          ? html`<li><span class="swatch joined" aria-hidden="true"></span>${t('another row begins')}</li>`
          : nothing
      }
    </ul>
  `;
}
