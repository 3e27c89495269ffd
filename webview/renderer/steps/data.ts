import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { DataOutput } from '../../../src/protocol/outputs';
import type { EventOf } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';
import { chat } from '../parts/chat';
import { figures } from '../parts/figures';
import type { StepView, ViewContext } from '../view';

export function dataView(context: ViewContext): StepView<DataOutput> {
  return {
    render: ({ dataset }) =>
      html`${guard([dataset, context.words], () => (dataset === null ? nothing : content(dataset, context.words)))}`,
    dispose() {},
  };
}

function content(dataset: EventOf<'dataset'>, words: Words): TemplateResult {
  const { t } = words;
  return html`
    <p class="device"><code>${dataset.source}</code></p>
    ${figures([
      { label: t('Rows'), value: words.integer(dataset.rows), big: true },
      { label: t('For training'), value: words.integer(dataset.trainRows) },
      dataset.evalRows === 0 ? null : { label: t('For evaluation'), value: words.integer(dataset.evalRows) },
      { label: t('Format'), value: dataset.format },
    ])}
    <p class="columns">
      <span class="quiet">${t('Columns')}</span>
      ${dataset.columns.map((column) => html`<code class="chip">${column}</code>`)}
    </p>
    <h4>${t('First rows, as conversations')}</h4>
    <div class="samples">
      ${dataset.samples.map(
        ({ row, messages }) => html`
          <article class="card" aria-label=${t('Row {0}', words.integer(row + 1))}>
            <span class="quiet number corner">${t('Row {0}', words.integer(row + 1))}</span>
            ${chat(messages, words)}
          </article>
        `,
      )}
    </div>
  `;
}
