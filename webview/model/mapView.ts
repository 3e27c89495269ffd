import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ViewContext } from './context';
import { detail } from './detail';
import { legend } from './legend';
import { partsDrawn } from './map/drawn';
import type { Stack } from './map/modelMap';
import type { Part } from './map/part';
import type { PartState } from './partState';
import { partTip } from './partView';
import type { Reckoner, Reckoning } from './reckon';
import { roving } from './roving';
import { scaleFor } from './scale';
import { tower, type TowerDrawing } from './towers';

/** From here on, towers stand side by side; as in the style sheet. */
const BESIDE_PX = 860;
/** What a block takes around its lanes. */
const FRAME_PX = 96;

interface MapParts {
  readonly picture: TemplateResult;
  readonly detail: TemplateResult | null;
}

/** The picture of the model. One tab stop; arrow keys go from part to part. */
export class MapView {
  readonly #context: ViewContext;
  readonly #observer: ResizeObserver;
  /** Blocks that a person wants to see, by the name of their stack. */
  readonly #blocks = new Map<string, number>();
  #element: Element | null = null;
  #width = 900;
  /** Full name of the part that the keys are at. */
  #current: string | null = null;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#observer = new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      if (width === 0 || Math.abs(width - this.#width) < 8) return;
      this.#width = width;
      this.#context.redraw();
    });
  }

  /** The picture, and what is known of the part that the keys or a click are at. */
  render(reckoner: Reckoner, reckoning: Reckoning): MapParts {
    const { states, structure } = reckoning;
    const { words } = this.#context;
    const { map, extent } = reckoner;
    const parts = partsDrawn(map, (stack) => this.#blockOf(stack));
    const current =
      parts.find(({ name }) => name === this.#current) ??
      parts.find((part) => states.of(part).lora !== null) ??
      parts.find(({ adaptable, part }) => adaptable && part === 'text') ??
      parts[0];
    const beside = map.towers.length > 1 && this.#width >= BESIDE_PX;
    const scale = scaleFor(extent, (beside ? this.#width * 0.54 : this.#width) - FRAME_PX);
    const drawing: TowerDrawing = {
      words,
      scale,
      states,
      current: current?.name ?? '',
      sizes: structure.sizes,
      hasVision: map.towers.length > 1,
      blockOf: (stack) => this.#blockOf(stack),
      drawBlock: (stack, block) => this.#drawBlock(stack, block),
      attentionOf: ({ part }, block) => (part === 'text' ? (structure.layerTypes?.[block] ?? null) : null),
      point: (part, element) => this.#tell(part, element, states.of(part)),
      leave: () => this.#context.tip.hide(),
      choose: (part) => this.#go(part),
      focus: (part, element) => {
        this.#go(part);
        if (element.matches(':focus-visible')) this.#tell(part, element, states.of(part));
      },
    };
    const picture = html`
      <section class="map" aria-label=${words.t('Map of the model')}>
        <div class="map-head">
          <h2>${words.t('The model, true to scale')}</h2>
          ${legend(scale, states, map, words)}
        </div>
        <div
          class="towers ${map.towers.length > 1 ? 'several' : ''}"
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
          ${ref((element) => this.#watch(element ?? null))}
        >
          ${map.towers.map((one) => tower(one, drawing))}
        </div>
      </section>
    `;
    return {
      picture,
      detail: current === undefined ? null : detail(current, states.of(current), reckoning, this.#context),
    };
  }

  #watch(element: Element | null): void {
    if (element === this.#element) return;
    this.#observer.disconnect();
    this.#element = element;
    if (element !== null) this.#observer.observe(element);
  }

  #onKey(event: KeyboardEvent): void {
    const buttons = [...(this.#element?.querySelectorAll<HTMLElement>('[data-part]') ?? [])];
    const target = roving(event, buttons);
    if (target === null) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
  }

  #go({ name }: Part): void {
    if (name === this.#current) return;
    this.#current = name;
    this.#context.redraw();
  }

  #tell(part: Part, element: Element, state: PartState): void {
    this.#context.tip.open(
      element.querySelector('.figure, .vector') ?? element,
      partTip(part, state, this.#context.words),
    );
  }

  #blockOf({ name, blocks }: Stack): number {
    const wanted = this.#blocks.get(name);
    return wanted !== undefined && blocks.includes(wanted) ? wanted : (blocks[0] ?? 0);
  }

  #drawBlock(stack: Stack, block: number): void {
    const before = this.#blockOf(stack);
    this.#blocks.set(stack.name, block);
    if (this.#current?.startsWith(`${stack.name}.${before}.`) === true)
      this.#current = this.#current.replace(`.${before}.`, `.${block}.`);
    this.#context.redraw();
  }
}
