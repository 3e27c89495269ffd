import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../view';

/** More than about this is folded. */
const CHARACTERS = 700;
const LINES = 12;
/** More than this at once makes a page slow; the rest is in the file. */
const MOST = 100_000;

/** A text that is shown whole when it is short, else its beginning and a button. */
export function longText(key: string, text: string, className: string, view: View): TemplateResult {
  const { words, state, actions } = view;
  const { t, integer } = words;
  const beginning = beginningOf(text);
  if (beginning === null) return html`<div class=${className} .textContent=${text}></div>`;
  const whole = state.unfolded.has(key);
  const shown = whole ? text.slice(0, MOST) : `${beginning}…`;
  return html`
    <div class=${className} .textContent=${shown}></div>
    ${whole && text.length > MOST ? html`<p class="quiet">${t('{0} more characters', integer(text.length - MOST))}</p>` : nothing}
    <button
      type="button"
      class="link more"
      aria-expanded=${whole ? 'true' : 'false'}
      @click=${() => actions.unfold(key, !whole)}
    >
      ${whole ? t('Show less') : t('Show all')}
    </button>
  `;
}

/** Null: it is short. Not cut within a pair of surrogates. */
function beginningOf(text: string): string | null {
  const lines = text.split('\n', LINES + 1);
  const cut = lines.length > LINES ? lines.slice(0, LINES).join('\n').length : text.length;
  const end = Math.min(cut, text.length > CHARACTERS * 1.3 ? CHARACTERS : text.length);
  if (end >= text.length) return null;
  return text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
}
