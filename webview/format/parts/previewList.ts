import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DatasetPreview } from '../../../src/protocol/dataset';
import type { View } from '../view';
import { link } from './button';
import { previewRow } from './previewRow';

/** The first rows, as they are and as they become. */
export function previewList(preview: DatasetPreview, view: View): TemplateResult {
  const { words, state } = view;
  const { t, integer } = words;
  const { rows } = preview;
  const bad = rows.filter(({ problem }) => problem !== null).length;
  return html`
    <section class="preview" aria-labelledby="preview-title" aria-busy=${state.loading ? 'true' : 'false'}>
      <div class="section-head">
        <h2 id="preview-title">${t('Preview')}</h2>
        <p class="quiet" role="status">
          ${
            bad === 0
              ? t('All of the first {0} rows can be converted.', integer(rows.length))
              : t('{0} of the first {1} rows can’t be converted.', integer(bad), integer(rows.length))
          }
        </p>
      </div>
      ${ended(preview, view)}
      <ol class="rows">
        ${repeat(
          rows,
          ({ row }) => row,
          (row) => previewRow(row, !preview.gzip, view),
        )}
      </ol>
    </section>
  `;
}

function ended({ problem, gzip }: DatasetPreview, { words, actions }: View): TemplateResult | typeof nothing {
  if (problem === null) return nothing;
  const { t, integer } = words;
  const { line, reason } = problem;
  return html`
    <div class="notice warn">
      <strong class="notice-title">${t('The file can’t be read beyond this point.')}</strong>
      <p>${t(reason.text, ...reason.args.map(String))}</p>
      ${line === null || gzip ? nothing : html`<p>${link(t('Open line {0}', integer(line)), () => actions.openLine(line))}</p>`}
    </div>
  `;
}
