import { html, nothing, type TemplateResult } from 'lit';
import type { ChatMessage } from '../../../src/protocol/outputs';
import { roleName } from '../../shared/roleName';
import type { Words } from '../../shared/words';

/** One conversation as bubbles. */
export function chat(messages: readonly ChatMessage[], words: Words): TemplateResult {
  return html`<ol class="chat">
    ${messages.map(
      ({ role, content, toolCalls }) => html`
        <li class="message ${role}">
          <span class="quiet role">${roleName(role, words)}</span>
          ${content === '' && toolCalls ? nothing : html`<div class="bubble" .textContent=${content}></div>`}
          ${toolCalls ? html`<pre class="bubble calls" .textContent=${toolCalls}></pre>` : nothing}
        </li>
      `,
    )}
  </ol>`;
}
