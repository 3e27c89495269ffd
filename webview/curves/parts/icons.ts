import { svg, html, type TemplateResult } from 'lit';
import type { CurveMarker } from '../../../src/protocol/curvesPanel';
import { cssVariable } from '../../shared/cssVariable';
import type { LineRole, ShownRun } from '../chart/lines';
import { GLYPH_PATHS, runVariable } from '../runLook';

/** How a run's line looks: colour, stroke and shape. */
export function swatch({ index, look }: Pick<ShownRun, 'index' | 'look'>, several: boolean): TemplateResult {
  return html`<span class="swatch" aria-hidden="true" ${cssVariable('--color', `var(${runVariable(index)})`)}
    ><svg viewBox="0 0 30 12" width="30" height="12">
      <line x1="1" y1="6" x2="29" y2="6" stroke-dasharray=${several ? look.dash.join(' ') : ''} />
      ${several ? svg`<path transform="translate(15 6)" d=${GLYPH_PATHS[look.glyph]} />` : ''}
    </svg></span
  >`;
}

/** How a kind of line looks, whatever its run. */
export function keySign(role: LineRole): TemplateResult {
  return html`<svg class="key-sign ${role}" viewBox="0 0 22 12" width="22" height="12" aria-hidden="true">
    <line x1="1" y1="6" x2="21" y2="6" />
    ${role === 'sparse' ? svg`<path transform="translate(11 6)" d=${GLYPH_PATHS.circle} />` : ''}
  </svg>`;
}

/** In a square of 16. */
const MARKER_PATHS: Readonly<Record<CurveMarker['kind'], string>> = {
  // a flag
  checkpoint: 'M4 1.5h1.5v1h7l-2.2 3.2L12.500 9h-7v5.500H4z',
  // a stack that got smaller: an arrow down to a line
  batchSizeReduced:
    'M7.100 1.500h1.800v6.300l2.500-2.400 1.200 1.300L8 11.200 3.400 6.700l1.200-1.300 2.500 2.400zM3 12.700h10v1.800H3z',
  // a triangle with an exclamation mark
  nonFinite: 'M8 1.200l7.200 13.300H.8zM7.200 6v4.500h1.600V6zm0 5.600v1.500h1.600v-1.500z',
  // on from here
  resumed: 'M2.500 2h2v12h-2zM6 2.500l8 5.500-8 5.500z',
};

export function markerIcon(kind: CurveMarker['kind']): TemplateResult {
  return html`<svg class="marker-icon ${kind}" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path fill-rule="evenodd" d=${MARKER_PATHS[kind]} />
  </svg>`;
}

const BUTTON_PATHS = {
  stop: 'M3.500 3.500h9v9h-9z',
  open: 'M3 1.500h6.500L13 5v9.500H3zM4.500 3v10h7V6H8.500V3z',
  reveal: 'M1.500 3h5l1.500 1.500h6.500V13h-13zM3 6v5.500h10V6z',
  remove: 'M4.050 3L8 6.950 11.950 3 13 4.050 9.050 8 13 11.950 11.950 13 8 9.050 4.050 13 3 11.950 6.950 8 3 4.050z',
} as const;

/** A button that is a picture; its name is for those who hear it and those who wait with the pointer. */
export function iconButton(kind: keyof typeof BUTTON_PATHS, label: string, act: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" title=${label} aria-label=${label} @click=${act}>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path fill-rule="evenodd" d=${BUTTON_PATHS[kind]} />
    </svg>
  </button>`;
}
