import { html, type TemplateResult } from 'lit';
import { isPlainObject } from '../../../src/protocol/shape';
import type { View } from '../view';
import { pretty } from './pretty';

/** As a program would write them: name(arguments). */
export function toolCalls(calls: unknown, { words: { t } }: View): TemplateResult {
  const list = Array.isArray(calls) ? calls : [calls];
  return html`<ul class="calls" aria-label=${t('Tool calls')}>
    ${list.map((call) => html`<li><pre tabindex="0" .textContent=${codeOf(call)}></pre></li>`)}
  </ul>`;
}

function codeOf(call: unknown): string {
  const inner = isPlainObject(call) && isPlainObject(call['function']) ? call['function'] : call;
  if (!isPlainObject(inner) || typeof inner['name'] !== 'string') return pretty(call);
  return `${inner['name']}(${pretty(inner['arguments'] ?? {})})`;
}
