import { html, nothing, type TemplateResult } from 'lit';
import { cssVariable } from '../shared/cssVariable';
import type { Words } from '../shared/words';
import { partsDrawn } from './map/drawn';
import type { ModelMap } from './map/modelMap';
import type { PartStates, Storage } from './partState';
import { storageTag } from './partWords';
import type { Scale } from './scale';

const STORAGES: readonly Storage[] = ['four', 'eight', 'sixteen', 'thirtyTwo', 'checkpoint'];

/** What fills, strips and sizes mean; only what is in the picture. */
export function legend(scale: Scale, states: PartStates, map: ModelMap, words: Words): TemplateResult {
  const { t, integer } = words;
  const all = partsDrawn(map, ({ blocks }) => blocks[0] ?? 0).filter(({ sides }) => sides !== null);
  const used = new Set(all.map((part) => states.of(part).storage));
  const ranks = states.ranks;
  const { features, px } = scale.yardstick;
  const thickened = ranks.some((r) => scale.isThickened(r));
  return html`
    <ul class="legend" aria-label=${t('Legend')}>
      ${STORAGES.filter((storage) => used.has(storage)).map(
        (storage) =>
          html`<li><span class="swatch ${storage}" aria-hidden="true"></span>${storageName(storage, words)}</li>`,
      )}
      ${
        ranks.length === 0
          ? nothing
          : html`<li>
              <span class="swatch lora" aria-hidden="true"></span>${t('LoRA’s A and B, trained')}
              ${thickened ? html`<span class="quiet">${t('(thinner than a line can be)')}</span>` : nothing}
            </li>`
      }
      ${
        all.some((part) => states.of(part).whole)
          ? html`<li><span class="swatch sixteen whole" aria-hidden="true"></span>${t('trained whole')}</li>`
          : nothing
      }
      <li><span class="swatch cut" aria-hidden="true"></span>${t('a side that is cut short')}</li>
      <li>
        <span class="yardstick" aria-hidden="true" ${cssVariable('--w', `${px}px`)}></span>
        <span class="number">${t('{0} features', integer(features))}</span>
      </li>
    </ul>
    <p class="quiet how">
      ${t('Height: what goes in. Width: what comes out. Area: weights. Point at a part, or go there with the arrow keys.')}
    </p>
  `;
}

function storageName(storage: Storage, words: Words): string {
  const { t } = words;
  const tag = storageTag(storage, words);
  return storage === 'four' || storage === 'eight'
    ? t('{0}, quantised', tag)
    : storage === 'checkpoint'
      ? tag
      : t('{0}, not quantised', tag);
}
