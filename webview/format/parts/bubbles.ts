import { roleName } from '../../shared/roleName';
import { html, nothing, type TemplateResult } from 'lit';
import type { ConversationMessage } from '../../../src/protocol/dataset';
import { isPlainObject } from '../../../src/protocol/shape';
import type { View } from '../view';
import { longText } from './longText';
import { pretty } from './pretty';
import { toolCalls } from './toolCalls';

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['role', 'content', 'tool_calls']);

/** A conversation as bubbles: text as text, tool calls as code, further keys by name. */
export function bubbles(messages: readonly ConversationMessage[], key: string, view: View): TemplateResult {
  return html`<ol class="chat">
    ${messages.map((message, index) => bubble(message, `message-${key}-${index}`, view))}
  </ol>`;
}

function bubble(message: ConversationMessage, key: string, view: View): TemplateResult {
  const { role, content, tool_calls: calls } = message;
  const text = textOf(content);
  return html`
    <li class="message ${role}">
      <span class="quiet role">${roleName(role, view.words)}</span>
      <div class="bubble">
        ${furtherKeys(message)} ${text === null ? nothing : longText(key, text, 'text', view)}
        ${calls === undefined || calls === null ? nothing : toolCalls(calls, view)}
      </div>
    </li>
  `;
}

function furtherKeys(message: ConversationMessage): TemplateResult | typeof nothing {
  const further = Object.entries(message).filter(([key]) => !SHOWN_ELSEWHERE.has(key));
  if (further.length === 0) return nothing;
  return html`<p class="further quiet">
    ${further.map(
      ([key, value]) =>
        html`<span class="chip"
          ><code>${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}</code></span
        >`,
    )}
  </p>`;
}

/** Null beside tool calls is nothing to show; parts that are text are read one after another. */
function textOf(content: unknown): string | null {
  if (content === null || content === undefined) return null;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return pretty(content);
  return content
    .map((part) => (isPlainObject(part) && typeof part['text'] === 'string' ? part['text'] : pretty(part)))
    .join('\n');
}
