import { html, nothing, type TemplateResult } from 'lit';
import type { Disposable } from '../../src/common/disposable';
import type { TokenView } from '../../src/protocol/tokenView';
import type { ViewContext } from './context';
import { detail } from './detail';
import { legend } from './legend';
import { HeatMap, type Zoom } from './map/heatMap';
import { segments } from '../shared/segments';
import { BatchModel } from './tokenModel';

/** What a person has set, which outlives the picture. */
export interface BatchChoices {
  readonly batch: number;
  readonly zoom: Zoom;
}

/** The first batches, one at a time, as the trainer's collator makes them. */
export class Batches implements Disposable {
  readonly #context: ViewContext;
  readonly #map: HeatMap;
  readonly #onChoice: () => void;
  #view: TokenView | null = null;
  #model: BatchModel | null = null;
  #choices: BatchChoices;

  constructor(context: ViewContext, choices: BatchChoices, onChoice: () => void) {
    this.#context = context;
    this.#choices = choices;
    this.#onChoice = onChoice;
    this.#map = new HeatMap(context, () => context.redraw());
  }

  get choices(): BatchChoices {
    return this.#choices;
  }

  render(view: TokenView): TemplateResult {
    const { words } = this.#context;
    const { t, integer } = words;
    if (view.batches.length === 0) return html`<p class="empty">${t('There is no batch to show.')}</p>`;
    const batch = Math.min(this.#choices.batch, view.batches.length - 1);
    if (view !== this.#view || this.#model === null || batch !== this.#choices.batch) this.#model = null;
    const model = (this.#model ??= new BatchModel(view, batch));
    this.#view = view;
    return html`
      <section class="batches" aria-label=${t('First batches')}>
        <div class="section-head">
          <h2>${t('First batches')}</h2>
          <div class="controls">
            ${
              view.batches.length < 2
                ? nothing
                : segments(
                    t('Batch'),
                    view.batches.map((_, index) => [index, t('Batch {0}', integer(index + 1))] as const),
                    batch,
                    (chosen) => this.#choose({ batch: chosen }),
                  )
            }
            ${segments(
              t('Zoom'),
              [
                ['blocks', t('Blocks')],
                ['text', t('Text')],
              ] as const,
              this.#choices.zoom,
              (zoom) => this.#choose({ zoom }),
            )}
          </div>
        </div>
        ${legend(model, this.#choices.zoom, this.#context)}
        <p class="quiet how">
          ${t('A click opens the row, Alt+click the line of the chat template. Arrow keys move, Enter and T open.')}
        </p>
        ${this.#map.show(model, this.#choices.zoom)}
        ${detail(this.#map.current, (what) => this.#map.open(what, true), this.#context)}
      </section>
    `;
  }

  dispose(): void {
    this.#map.dispose();
  }

  #choose(change: Partial<BatchChoices>): void {
    if (change.batch !== undefined && change.batch !== this.#choices.batch) this.#model = null;
    this.#choices = { ...this.#choices, ...change };
    this.#onChoice();
    this.#context.redraw();
  }
}
