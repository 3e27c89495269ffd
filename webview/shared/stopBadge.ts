import { html, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { Answer } from '../../src/protocol/outputs';
import type { Words } from './words';

/** How an answer came to its end. */
export function stopBadge(reason: Answer['stopReason'], { t }: Words): TemplateResult {
  switch (reason) {
    case 'eos':
      return html`<span class="badge good">${t('ended by itself · eos')}</span>`;
    case 'endOfTurn':
      return html`<span class="badge good">${t('ended by itself · end of turn')}</span>`;
    case 'maxNewTokens':
      return html`<span class="badge warn">${t('cut at max_new_tokens')}</span>`;
    case 'interrupted':
      return html`<span class="badge warn">${t('interrupted')}</span>`;
    default:
      return assertNever(reason);
  }
}
