import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../../src/common/message';
import type { View } from '../view';
import { link } from './button';

/** What went wrong in what the person did last. */
export function complaint(view: View): TemplateResult | typeof nothing {
  const { complaint: words, job } = view.state;
  const { t } = view.words;
  if (words !== null) return notice(words, view);
  if (job?.kind === 'failed') return notice(job.reason, view, t('The file was not converted. Nothing was written.'));
  if (job?.kind === 'cancelled')
    return html`<p class="notice info" role="status">${t('Cancelled. Nothing was written.')}</p>`;
  return nothing;
}

function notice({ text, args }: Message, { words: { t }, actions }: View, title?: string): TemplateResult {
  return html`
    <div class="notice bad" role="alert">
      ${title === undefined ? nothing : html`<strong class="notice-title">${title}</strong>`}
      <p>${t(text, ...args.map(String))}</p>
      <p>${link(t('Dismiss'), () => actions.dismiss())}</p>
    </div>
  `;
}
