import { html, nothing, type TemplateResult } from 'lit';
import type { DatasetPreview, FileFormat } from '../../../src/protocol/dataset';
import type { View } from '../view';

const FORMATS: Readonly<Record<FileFormat, string>> = {
  jsonl: 'JSON Lines',
  json: 'JSON',
  csv: 'CSV',
  tsv: 'TSV',
  parquet: 'Parquet',
};

/** Which file this is about. */
export function header({ state, words }: View): TemplateResult {
  const { snapshot, preview } = state;
  const { t } = words;
  return html`
    <header>
      <p class="kicker quiet">${t('Format as Chat')}</p>
      <h1 title=${snapshot?.path ?? ''}>${snapshot?.name ?? ''}</h1>
      ${preview === null ? nothing : facts(preview, words)}
      ${
        snapshot?.unsaved === true
          ? html`<p class="notice warn">
              ${t('This file has changes that are not saved. Rows are read from the disk: save it first.')}
            </p>`
          : nothing
      }
    </header>
  `;
}

function facts(preview: DatasetPreview, { t, fileSize, integer }: View['words']): TemplateResult {
  const format = preview.gzip ? t('{0}, gzip', FORMATS[preview.format]) : FORMATS[preview.format];
  return html`
    <dl class="facts">
      <div>
        <dt>${t('Format')}</dt>
        <dd>${format}</dd>
      </div>
      <div>
        <dt>${t('Size')}</dt>
        <dd class="number">${fileSize(preview.bytes)}</dd>
      </div>
      <div>
        <dt>${t('Columns')}</dt>
        <dd class="chips">
          ${preview.columns.map(({ name, types, example }) => html`<span class="chip" title="${types.join(', ')}: ${example}">${name}</span>`)}
        </dd>
      </div>
      <div>
        <dt>${t('Shown')}</dt>
        <dd class="number">${t('first {0} rows', integer(preview.rows.length))}</dd>
      </div>
    </dl>
  `;
}
