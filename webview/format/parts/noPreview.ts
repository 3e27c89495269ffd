import { html, type TemplateResult } from 'lit';
import type { View } from '../view';
import { secondary } from './button';

/** A file that can't be read, or has no rows. */
export function noPreview({ state, words, actions }: View): TemplateResult {
  const { t } = words;
  const { failure, preview, loading } = state;
  if (failure === null && preview === null)
    return html`<p class="empty" role="status">${t('Reading the first rows')}</p>`;
  const problem = failure ?? preview?.problem?.reason ?? null;
  const line = preview?.problem?.line ?? null;
  return html`
    <div class="notice bad" role="alert" aria-busy=${loading}>
      <strong class="notice-title">
        ${problem === null ? t('There are no rows in this file.') : t('This file can’t be read.')}
      </strong>
      ${problem === null ? '' : html`<p>${t(problem.text, ...problem.args.map(String))}</p>`}
      <div class="actions">
        ${secondary(t('Read again'), () => actions.retry())}
        ${line === null ? '' : secondary(t('Open line {0}', words.integer(line)), () => actions.openLine(line))}
        ${secondary(t('Format another file'), () => actions.formatAnother())}
      </div>
    </div>
  `;
}
