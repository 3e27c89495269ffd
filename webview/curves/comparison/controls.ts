import { html, type TemplateResult } from 'lit';
import { segments } from '../../shared/segments';
import type { ComparisonContext } from './context';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';

/** Which rows, and with how many words. */
export function controls({ words: { t }, choices, choose }: ComparisonContext): TemplateResult {
  const onChange = ({ target }: Event): void => {
    if (target instanceof Element && 'checked' in target) choose({ explained: target.checked === true });
  };
  return html`
    <div class="comparison-controls">
      ${segments(
        t('Rows shown'),
        [
          ['differing', t('What differs')],
          ['all', t('Everything')],
        ],
        choices.rows,
        (rows) => choose({ rows }),
      )}
      <vscode-checkbox label=${t('Explain')} .checked=${choices.explained} @change=${onChange}></vscode-checkbox>
    </div>
  `;
}
