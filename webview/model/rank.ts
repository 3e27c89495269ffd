import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ViewContext } from './context';
import type { Reckoning } from './reckon';

/** Powers of two: between them r changes little. Any other number can be typed. */
const RANKS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;
const LARGEST = 65_536;

/** r as a slider and as a number, with lora_alpha beside it. */
export function rank({ recipe }: Reckoning, { words, change }: ViewContext): TemplateResult {
  const { t, integer, decimal } = words;
  const { r, lora_alpha: alpha, use_rslora: rslora } = recipe.lora;
  const scaling = rslora ? alpha / Math.sqrt(r) : alpha / r;
  return html`
    <div class="field">
      <div class="field-head">
        <label for="r"><code>r</code> <span class="quiet">${t('how thick A and B are')}</span></label>
        <input
          id="r"
          class="number"
          type="number"
          min="1"
          max=${LARGEST}
          step="1"
          .value=${live(String(r))}
          @change=${({ target }: Event) => {
            const value = numberOf(target);
            if (value !== null && Number.isInteger(value) && value >= 1 && value <= LARGEST)
              change({ r: value }, 'now');
            else if (target instanceof HTMLInputElement) target.value = String(r);
          }}
        />
      </div>
      <input
        type="range"
        min="0"
        max=${RANKS.length - 1}
        step="1"
        aria-label=${t('r, in powers of two')}
        aria-valuetext=${integer(r)}
        .value=${live(String(nearest(r)))}
        @input=${({ target }: Event) => {
          const chosen = RANKS[numberOf(target) ?? -1];
          if (chosen !== undefined && chosen !== r) change({ r: chosen }, 'soon');
        }}
      />
      <div class="ticks quiet number" aria-hidden="true">${RANKS.map((each) => html`<span>${each}</span>`)}</div>
    </div>
    <div class="field">
      <div class="field-head">
        <label for="alpha"><code>lora_alpha</code></label>
        <input
          id="alpha"
          class="number"
          type="number"
          min="1"
          step="1"
          .value=${live(String(alpha))}
          @change=${({ target }: Event) => {
            const value = numberOf(target);
            if (value !== null && value > 0) change({ lora_alpha: value }, 'now');
            else if (target instanceof HTMLInputElement) target.value = String(alpha);
          }}
        />
      </div>
      <p class="quiet">
        ${t('What A and B make counts {0} times: {1}.', decimal(scaling, scaling % 1 === 0 ? 0 : 2), rslora ? 'lora_alpha / √r' : 'lora_alpha / r')}
      </p>
    </div>
  `;
}

function nearest(r: number): number {
  const distance = (each: number): number => Math.abs(Math.log2(each) - Math.log2(Math.max(1, r)));
  return RANKS.reduce<number>((best, each, index) => (distance(each) < distance(RANKS[best] ?? 1) ? index : best), 0);
}

function numberOf(target: EventTarget | null): number | null {
  if (!(target instanceof HTMLInputElement) || target.value.trim() === '') return null;
  const value = Number(target.value);
  return Number.isFinite(value) ? value : null;
}
