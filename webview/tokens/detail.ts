import { html, nothing, type TemplateResult } from 'lit';
import { visibleLine } from '../shared/visibleText';
import type { ViewContext } from './context';
import { datasetPlace, spokenOrigin } from './tokenFacts';
import type { Token } from './tokenModel';

/** The token that the keys or a click are at: where it comes from, and the ways there. It is read out when it changes. */
export function detail(
  token: Token | null,
  open: (what: 'row' | 'template') => void,
  { words }: ViewContext,
): TemplateResult {
  const { t, integer } = words;
  return html`
    <div class="detail">
      ${
        token === null
          ? nothing
          : html`<code class="detail-token ${token.kind} ${token.special ? 'special' : ''}" aria-hidden="true"
              >${visibleLine(token.piece.text)}</code
            >`
      }
      <p class="detail-words" role="status" aria-live="polite">
        ${token === null ? nothing : spokenOrigin(token, words)}
      </p>
      <div class="actions">
        ${
          token?.part?.line == null
            ? nothing
            : html`<button type="button" class="link" @click=${() => open('row')}>
                ${t('Open {0}', datasetPlace(token.part, words))}
              </button>`
        }
        ${
          token?.templateLine == null
            ? nothing
            : html`<button type="button" class="link" @click=${() => open('template')}>
                ${t('Open template line {0}', integer(token.templateLine))}
              </button>`
        }
      </div>
    </div>
  `;
}
