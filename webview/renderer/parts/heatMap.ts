import { html, type TemplateResult } from 'lit';
import type { TokenInfo } from '../../../src/protocol/trainer';
import type { ViewContext } from '../view';
import { heatRow } from './heatRow';
import { countKinds } from './tokenKind';

/** The rows of a batch under each other; one of them is chosen, by pointer or arrow keys. */
export class HeatMap {
  readonly #context: ViewContext;
  current = 0;

  constructor(context: ViewContext) {
    this.#context = context;
  }

  show(rows: readonly (readonly TokenInfo[])[]): TemplateResult {
    const { t, integer } = this.#context.words;
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const current = Math.min(this.current, rows.length - 1);
    return html`
      <div
        class="heat"
        role="listbox"
        aria-label=${t('Rows of the batch')}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, rows.length)}
      >
        ${rows.map((row, index) => {
          const { trained, masked, padding } = countKinds(row);
          const label = `${t('Row {0}', integer(index + 1))}: ${t(
            '{0} trained, {1} masked, {2} padding',
            integer(trained),
            integer(masked),
            integer(padding),
          )}`;
          return html`
            <div
              class="heat-row"
              role="option"
              aria-selected=${index === current}
              aria-label=${label}
              title=${label}
              tabindex=${index === current ? 0 : -1}
              data-row=${index}
              @click=${() => this.#choose(index)}
            >
              <span class="quiet number heat-number" aria-hidden="true">${integer(index + 1)}</span>
              ${heatRow(row, width)}
            </div>
          `;
        })}
      </div>
    `;
  }

  #choose(index: number): void {
    this.current = index;
    this.#context.redraw();
  }

  #onKey(event: KeyboardEvent, count: number): void {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -count, End: count }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#choose(Math.max(0, Math.min(this.current + step, count - 1)));
    const map = event.currentTarget;
    if (map instanceof Element) map.querySelector<HTMLElement>(`[data-row="${this.current}"]`)?.focus();
  }
}
