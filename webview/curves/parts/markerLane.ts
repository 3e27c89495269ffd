import { html, nothing, type TemplateResult } from 'lit';
import { cssVariable } from '../../shared/cssVariable';
import type { PlacedMarker } from '../chart/markerLines';
import type { ViewContext } from '../context';
import { markerWords } from '../curveWords';
import { markerIcon } from './icons';

/** Icons closer than this would lie on each other: they become one. */
const ICON_PIXELS = 20;
const MOST_LINES = 12;

/** What happened on the way, as icons at their steps. One tab stop: the arrow keys go from icon to icon. */
export function markerLane(width: number, context: ViewContext): TemplateResult | typeof nothing {
  const { charts, words } = context;
  const { min, max } = charts.shown;
  const placed = charts
    .placed()
    .filter(({ x }) => x >= min && x <= max)
    .toSorted((a, b) => a.x - b.x);
  if (placed.length === 0) return nothing;
  const groups = grouped(placed, ((max - min) * ICON_PIXELS) / Math.max(200, width));
  return html`
    <div class="lane" role="toolbar" aria-label=${words.t('What happened on the way')} @keydown=${rove}>
      ${groups.map((group, index) => markerButton(group, index === 0, context))}
    </div>
  `;
}

function markerButton(group: readonly PlacedMarker[], first: boolean, context: ViewContext): TemplateResult {
  const { charts, words, tip } = context;
  const { min, max } = charts.shown;
  const x = group[0]?.x ?? min;
  const lines = group.slice(0, MOST_LINES).map((placed) => lineOf(placed, context));
  const more = group.length - lines.length;
  if (more > 0) lines.push(['…', words.t('{0} more', words.integer(more))]);
  const show = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof Element) tip.show(currentTarget, lines);
  };
  return html`<button
    type="button"
    class="marker"
    tabindex=${first ? 0 : -1}
    aria-label=${lines.map(([where, what]) => `${where}: ${what}`).join('; ')}
    ${cssVariable('--share', String((x - min) / (max - min || 1)))}
    @pointerenter=${show}
    @pointerleave=${() => tip.hide()}
    @focus=${show}
    @blur=${() => tip.hide()}
    @click=${() => charts.point(x)}
  >
    ${markerIcon(worst(group))}${group.length > 1 ? html`<span class="count number">${group.length}</span>` : nothing}
  </button>`;
}

function lineOf({ marker, run }: PlacedMarker, { words, charts }: ViewContext): readonly [string, string] {
  const where = words.t('Step {0}', words.integer(marker.trainStep));
  // A checkpoint is named by itself, all others by what happened.
  const what = marker.kind === 'batchSizeReduced' ? `${markerWords(marker.kind, words)}: ${marker.text}` : marker.text;
  return [charts.runs.length > 1 ? `${where}, ${run}` : where, what];
}

function grouped(placed: readonly PlacedMarker[], apart: number): readonly (readonly PlacedMarker[])[] {
  const groups: PlacedMarker[][] = [];
  for (const marker of placed) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && marker.x - last[0].x < apart) last.push(marker);
    else groups.push([marker]);
  }
  return groups;
}

/** The icon of several is that of what deserves a look first. */
function worst(group: readonly PlacedMarker[]): PlacedMarker['marker']['kind'] {
  const order = ['nonFinite', 'batchSizeReduced', 'resumed', 'checkpoint'] as const;
  return order.find((kind) => group.some(({ marker }) => marker.kind === kind)) ?? 'checkpoint';
}

function rove(event: KeyboardEvent): void {
  const { currentTarget, target, key } = event;
  if (!(currentTarget instanceof HTMLElement) || !['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) return;
  const buttons = [...currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === target);
  const to = key === 'Home' ? 0 : key === 'End' ? buttons.length - 1 : at + (key === 'ArrowRight' ? 1 : -1);
  const next = buttons[to];
  if (next === undefined) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}
