import { html, type TemplateResult } from 'lit';
import type { CurveRunFacts } from '../../../src/protocol/curvesPanel';
import { cssVariable } from '../../shared/cssVariable';
import { GLYPH_PATHS, GLYPHS, runVariable } from '../runLook';

/** A run as the chart's legend has it: colour, mark, name. */
export function runKey({ name }: CurveRunFacts, index: number): TemplateResult {
  return html`<span class="run-key">${runMark(index)}<span class="compared-run" title=${name}>${name}</span></span>`;
}

export function runMark(index: number): TemplateResult {
  const path = GLYPH_PATHS[GLYPHS[index % GLYPHS.length] ?? 'circle'];
  return html`<span class="run-mark" aria-hidden="true" ${cssVariable('--run', `var(${runVariable(index)})`)}
    ><svg viewBox="-6 -6 12 12"><path d=${path} /></svg
  ></span>`;
}
