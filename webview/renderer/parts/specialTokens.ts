import { html, nothing, type TemplateResult } from 'lit';
import type { EventOf } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';
import { visibleLine } from '../../shared/visibleText';

type SpecialToken = EventOf<'tokenizer'>['specialTokens'][number];

/** A pad token that is also the end mark hides every end from the training: the model never learns to stop. */
export function specialTokens(tokens: readonly SpecialToken[], words: Words): TemplateResult | typeof nothing {
  if (tokens.length === 0) return nothing;
  const { t } = words;
  const eos = tokens.find(({ name }) => name === 'eos_token')?.id ?? null;
  return html`
    <table class="specials">
      <caption>
        ${t('Special tokens')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('Name')}</th>
          <th scope="col">${t('Token')}</th>
          <th scope="col" class="right">${t('Id')}</th>
          <th scope="col"><span class="hidden">${t('Remark')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${tokens.map(
          ({ name, token, id }) => html`
            <tr>
              <th scope="row"><code>${name}</code></th>
              <td>
                ${token === null ? html`<span class="quiet">${t('none')}</span>` : html`<code>${visibleLine(token)}</code>`}
              </td>
              <td class="right number">${id === null ? '' : String(id)}</td>
              <td>${name === 'pad_token' && id !== null && eos !== null ? padRemark(id !== eos, words) : nothing}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function padRemark(differs: boolean, { t }: Words): TemplateResult {
  return differs
    ? html`<span class="badge good">pad ≠ eos</span>`
    : html`<span class="badge bad">${t('same as eos_token: ends would be masked')}</span>`;
}
