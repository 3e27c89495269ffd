import { html, type TemplateResult } from 'lit';
import { wordDiff } from '../../../src/core/run/compare/wordDiff';
import type { Words } from '../../shared/words';

/** An answer, with what differs from another text marked; without marks where hardly anything is common. */
export function answerText(text: string, against: string | null, { t, language }: Words): TemplateResult {
  if (text.trim() === '') return html`<p class="quiet">${t('empty answer')}</p>`;
  const pieces = against === null ? null : wordDiff(against.trim(), text.trim(), language);
  if (pieces === null) return html`<p class="text" .textContent=${text}></p>`;
  const marked = pieces.map(({ kind, text: piece }) => {
    if (kind === 'same') return html`<span .textContent=${piece}></span>`;
    return kind === 'added' ? html`<ins .textContent=${piece}></ins>` : html`<del .textContent=${piece}></del>`;
  });
  // in one line: white space between the tags would be shown
  return html`<p class="text">${marked}</p>`;
}
