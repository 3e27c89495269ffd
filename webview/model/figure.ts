import { html, nothing, type TemplateResult } from 'lit';
import { cssVariable } from '../shared/cssVariable';
import type { Sides } from './map/part';
import type { PartState } from './partState';
import type { Scale } from './scale';

/** Experts that are drawn behind the first one; more would only blur. */
const BEHIND = 2;

/**
 * A matrix to scale: what goes in along its height, what comes out along its width. LoRA's A (in × r) stands at its left, B
 * (r × out) lies below it: where a row of A meets a column of B is where the product changes W.
 */
export function figure(sides: Sides, state: PartState, scale: Scale): TemplateResult {
  const width = scale.width(sides.outFeatures);
  const height = scale.height(sides.inFeatures);
  const { lora } = state;
  const stacked = Math.min(BEHIND, sides.copies - 1);
  return html`
    <span
      class="figure ${lora === null ? '' : 'adapted'} ${stacked > 0 ? 'stacked' : ''}"
      aria-hidden="true"
      ${cssVariable('--w', `${width.px}px`)}
      ${cssVariable('--h', `${height.px}px`)}
      ${cssVariable('--t', `${lora === null ? 0 : scale.rank(lora.r)}px`)}
    >
      ${lora === null ? nothing : html`<span class="strip a"></span>`}
      <span class="w ${state.storage} ${state.whole ? 'whole' : ''}">
        ${width.broken ? breakMark('x') : nothing} ${height.broken ? breakMark('y') : nothing}
      </span>
      ${lora === null ? nothing : html`<span class="strip b"></span>`}
    </span>
  `;
}

/** A vector of weights: a line as long as it has numbers. */
export function vectorFigure(length: number, state: PartState, scale: Scale): TemplateResult {
  const { px, broken } = scale.height(length);
  return html`
    <span class="vector ${state.whole ? 'whole' : ''}" aria-hidden="true" ${cssVariable('--h', `${px}px`)}>
      ${broken ? breakMark('y') : nothing}
    </span>
  `;
}

/** A slanted cut through a side that is longer than it is drawn. */
function breakMark(side: 'x' | 'y'): TemplateResult {
  return html`<span class="break ${side}"></span>`;
}
