import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { EventOf, TokenInfo } from '../../../src/protocol/trainer';
import type { ViewContext } from '../view';
import { HeatMap } from './heatMap';
import { toggle } from './toggle';
import { tokenLegend } from './tokenLegend';
import { TokenStrip } from './tokenStrip';

/** The first batches as the collator made them: a map of all rows, and one row in full. */
export class BatchesView {
  readonly #context: ViewContext;
  readonly #map: HeatMap;
  readonly #strip: TokenStrip;
  #batch = 0;
  #details = true;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#map = new HeatMap(context);
    this.#strip = new TokenStrip(context);
  }

  render(event: EventOf<'batches'> | null): unknown {
    const { words } = this.#context;
    return guard([event, words, this.#batch, this.#details, this.#map.current], () =>
      event === null ? nothing : this.#content(event),
    );
  }

  #content({ batches, trainedTokens, totalTokens }: EventOf<'batches'>): TemplateResult {
    const { words } = this.#context;
    const { t } = words;
    const rows: readonly (readonly TokenInfo[])[] = batches[this.#batch]?.rows ?? batches[0]?.rows ?? [];
    const row = rows[this.#map.current] ?? rows[0] ?? [];
    const share = totalTokens === 0 ? 0 : trainedTokens / totalTokens;
    return html`
      <details open>
        <summary>
          ${t('First batches')}
          <span class="quiet number"
            >${t(
              '{0} of {1} tokens are trained ({2})',
              words.integer(trainedTokens),
              words.integer(totalTokens),
              words.percent(share),
            )}</span
          >
        </summary>
        <div class="section-head">
          ${tokenLegend(rows.flat(), words)}
          ${
            batches.length < 2
              ? nothing
              : html`<vscode-single-select
                  label=${t('Batch')}
                  .value=${String(this.#batch)}
                  @change=${(event: Event) => {
                    if (event.target instanceof Element && 'value' in event.target)
                      this.#batch = Number(event.target.value);
                    this.#context.redraw();
                  }}
                >
                  ${batches.map((_, index) => html`<vscode-option value=${String(index)}>${t('Batch {0}', words.integer(index + 1))}</vscode-option>`)}
                </vscode-single-select>`
          }
        </div>
        ${this.#map.show(rows)}
        <div class="section-head">
          <h4>${t('Row {0}', words.integer(Math.min(this.#map.current, rows.length - 1) + 1))}</h4>
          ${toggle(t('Labels'), this.#details, (checked) => {
            this.#details = checked;
            this.#context.redraw();
          })}
        </div>
        ${this.#strip.show(row, t('Tokens of the chosen row'), this.#details)}
      </details>
    `;
  }
}
