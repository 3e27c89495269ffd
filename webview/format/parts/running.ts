import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, type TemplateResult } from 'lit';
import type { FormatProgress } from '../../../src/protocol/dataset';
import type { View } from '../view';
import { secondary } from './button';

/** How far the conversion is. */
export function running(progress: FormatProgress | null, { words, actions }: View): TemplateResult {
  const { t, integer, fileSize } = words;
  const { bytes = 0, totalBytes = 0, rows = 0, skipped = 0 } = progress ?? {};
  return html`
    <section class="card running" aria-labelledby="running-title">
      <h2 id="running-title" tabindex="-1">${t('Converting')}</h2>
      <div class="progress-words">
        <span class="number">${t('{0} rows, {1} skipped', integer(rows), integer(skipped))}</span>
        <span class="quiet number"
          >${progress === null ? '' : t('{0} of {1}', fileSize(bytes), fileSize(totalBytes))}</span
        >
      </div>
      <vscode-progress-bar
        aria-label=${t('Converting')}
        .indeterminate=${totalBytes === 0}
        .value=${Math.min(bytes, totalBytes)}
        .max=${totalBytes === 0 ? 100 : totalBytes}
      ></vscode-progress-bar>
      <div class="actions">${secondary(t('Cancel'), () => actions.cancel())}</div>
    </section>
  `;
}
