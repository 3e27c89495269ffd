import { html, nothing, type TemplateResult } from 'lit';
import type { MemoryEstimate, MemoryPart } from '../../src/protocol/model';
import { cssVariable } from '../shared/cssVariable';
import type { Words } from '../shared/words';
import { trainingMemory } from './amount';
import type { ViewContext } from './context';
import { memoryWords } from './memoryWords';
import type { Capacity } from './verdict';

/** What the peak consists of, as a bar against the GPU's memory, and each part in words. */
export function breakdown(estimate: MemoryEstimate, capacity: Capacity | null, context: ViewContext): TemplateResult {
  const { words, tip } = context;
  const { t, gibibytes } = words;
  const { parts, deviceBytes } = estimate;
  const whole = Math.max(deviceBytes, capacity?.totalBytes ?? 0, 1);
  const summary = t('{0} on the GPU at the peak', trainingMemory(deviceBytes, words));
  return html`
    <figure class="breakdown">
      <figcaption>
        <strong>${summary}</strong>
        ${
          capacity === null
            ? nothing
            : html`<span class="quiet number">${t('of {0}', gibibytes(capacity.totalBytes))} · ${capacity.label}</span>`
        }
      </figcaption>
      <div class="bar-frame" role="img" aria-label=${spoken(estimate, words)}>
        <div class="bar">
          ${parts.map(
            (part) => html`
              <span
                class="segment ${part.kind}"
                ${cssVariable('--share', String(part.bytes / whole))}
                @pointerenter=${({ currentTarget }: Event) =>
                  currentTarget instanceof Element &&
                  tip.say(currentTarget, `${memoryWords(part.kind, words).name}: ${amount(part, words)}`)}
                @pointerleave=${() => tip.hide()}
              ></span>
            `,
          )}
        </div>
        ${capacity === null ? nothing : limit(capacity.totalBytes / whole, t('all: {0}', gibibytes(capacity.totalBytes)), 'total')}
        ${
          capacity === null || capacity.freeBytes === null
            ? nothing
            : limit(capacity.freeBytes / whole, t('free now: {0}', gibibytes(capacity.freeBytes)), 'free')
        }
      </div>
      <ul class="memory-parts" aria-label=${t('What it consists of')}>
        ${parts.map((part) => row(part, estimate, words))}
      </ul>
    </figure>
  `;
}

function limit(share: number, label: string, name: 'total' | 'free'): TemplateResult {
  return html`<span class="limit ${name}" ${cssVariable('--share', String(share))} aria-hidden="true"
    ><span class="limit-name number">${label}</span></span
  >`;
}

function row(part: MemoryPart, { deviceBytes }: MemoryEstimate, words: Words): TemplateResult {
  const { name, text } = memoryWords(part.kind, words);
  return html`
    <li>
      <span class="swatch segment ${part.kind}" aria-hidden="true"></span>
      <span class="memory-name"><strong>${name}</strong></span>
      <span class="memory-value number">${amount(part, words)}</span>
      <span class="memory-share quiet number">${words.percent(part.bytes / Math.max(1, deviceBytes))}</span>
      <span class="memory-text quiet">${text}</span>
    </li>
  `;
}

function amount({ bytes }: MemoryPart, { megabytes }: Words): string {
  return megabytes(bytes);
}

function spoken({ parts, deviceBytes }: MemoryEstimate, words: Words): string {
  const each = parts.map((part) => `${memoryWords(part.kind, words).name} ${amount(part, words)}`);
  return `${words.gibibytes(deviceBytes)}: ${each.join(', ')}`;
}
