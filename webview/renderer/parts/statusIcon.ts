import { html, svg, type TemplateResult } from 'lit';
import type { StepStatus } from '../../../src/protocol/outputs';

const SHAPES: Readonly<Record<StepStatus, TemplateResult<2>>> = {
  queued: svg`<circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.5 1.5" />`,
  running: svg`<path d="M8 2a6 6 0 1 1-6 6" />`,
  done: svg`<circle cx="8" cy="8" r="6" /><path d="m5.2 8.2 2 2 3.6-4" />`,
  failed: svg`<circle cx="8" cy="8" r="6" /><path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />`,
  stopped: svg`<circle cx="8" cy="8" r="6" /><path d="M6 6h4v4H6z" />`,
};

/** Decoration: the word beside it says the same. */
export function statusIcon(status: StepStatus): TemplateResult {
  return html`<svg class="icon status ${status}" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[status]}</svg>`;
}
