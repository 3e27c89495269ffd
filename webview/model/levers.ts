import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { MemoryLever } from '../../src/protocol/model';
import { sentence } from '../shared/sentence';
import type { ViewContext } from './context';
import type { MemoryReckoning } from './reckon';

/** What takes less memory, the largest saving first, with what it costs. */
export function levers(
  { levers: all, verdict }: MemoryReckoning,
  context: ViewContext,
): TemplateResult | typeof nothing {
  if (all === null || all.length === 0) return nothing;
  const { t } = context.words;
  return html`
    <div class="levers">
      <h3 id="levers">
        ${verdict.tone === 'bad' || verdict.tone === 'warn' ? t('What makes it fit') : t('What would save memory')}
      </h3>
      <ul aria-labelledby="levers">
        ${all.map((lever) => one(lever, context))}
      </ul>
    </div>
  `;
}

function one({ changes, message, savesBytes, cost }: MemoryLever, { words, ask }: ViewContext): TemplateResult {
  const { t, megabytes } = words;
  const text = sentence(message, words);
  return html`
    <li class="lever">
      <strong class="saves number">−${megabytes(savesBytes)}</strong>
      <span class="lever-words">${text} <span class="quiet lever-cost">${sentence(cost, words)}</span></span>
      <vscode-button secondary aria-label="${t('Apply')}: ${text}" @click=${() => ask('setValues', changes)}
        >${t('Apply')}</vscode-button
      >
    </li>
  `;
}
