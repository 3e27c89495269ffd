import { message } from '../../common/message';
import type { ConversationMessage, Role } from '../../protocol/dataset';
import { isPlainObject } from '../../protocol/shape';
import { lstrip } from '../tokens/jinja/whitespace';
import { columnPiece, columnValue, excerpt } from './piece';
import { pythonNumber } from './recipeRowsNumber';
import { toolCalls } from './recipeRowsTools';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';

const ROLES: readonly string[] = ['system', 'user', 'assistant', 'tool'] satisfies Role[];
/** ShareGPT's names. TRL's maybe_convert_to_chatml renames its keys but keeps these values, which no template knows. */
const SHARE_GPT: ReadonlyMap<unknown, Role> = new Map([
  ['human', 'user'],
  ['gpt', 'assistant'],
  ['bing', 'assistant'],
  ['chatgpt', 'assistant'],
  ['bard', 'assistant'],
] as const);
const NAMED = new Set(['role', 'from', 'content', 'value', 'tool_calls']);

/** The messages in a column. Throws RowError. */
export function conversationOf(value: unknown, column: string): readonly ConversationMessage[] {
  if (!Array.isArray(value) || value.length === 0) throw new RowError(message('{0} is no list of messages.', column));
  const items: readonly unknown[] = value;
  return items.map((item, index) => messageOf(item, `${column}[${index}]`));
}

/** A column as what one role says. Throws RowError. */
export function textOfColumn(row: SourceRow, column: string): string {
  const text = columnText(row, column);
  if (lstrip(text) === '') throw new RowError(message('{0} is empty.', column));
  return whole(text, column);
}

function messageOf(item: unknown, place: string): ConversationMessage {
  if (!isPlainObject(item)) throw new RowError(message('{0} is no object with role and content.', place));
  const role = roleOf(Object.hasOwn(item, 'role') ? item['role'] : item['from'], place);
  const said = Object.hasOwn(item, 'content') ? item['content'] : item['value'];
  const calls = item['tool_calls'] ?? null;
  const text = Array.isArray(said) ? said.map((part: unknown) => partText(part, place)).join('') : said;
  const content = calls !== null && (text === null || text === undefined) ? '' : text;
  const more = Object.entries(item).filter(([key, value]) => !NAMED.has(key) && value !== null && value !== undefined);
  const called = calls === null ? {} : { tool_calls: toolCalls(calls, place) };
  if (typeof content !== 'string') throw new RowError(message('{0}.content is no text.', place));
  return { role, content: whole(content, place), ...Object.fromEntries(more), ...called };
}

function roleOf(value: unknown, place: string): Role {
  const role = SHARE_GPT.get(value) ?? value;
  if (isRole(role)) return role;
  throw new RowError(message('{0}.role is {1}, not one of {2}.', place, excerpt(role), ROLES.join(', ')));
}

function isRole(value: unknown): value is Role {
  return typeof value === 'string' && ROLES.includes(value);
}

function partText(part: unknown, place: string): string {
  if (isPlainObject(part) && part['type'] === 'text' && typeof part['text'] === 'string') return part['text'];
  throw new RowError(message('{0}.content has a part that is no text.', place));
}

function columnText(row: SourceRow, column: string): string {
  const value = columnValue(row, column);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return pythonNumber(columnPiece(row, column).json ?? String(value));
  if (typeof value === 'bigint') return String(value);
  if (value === null || value === undefined) throw new RowError(message('{0} is missing.', column));
  throw new RowError(message('{0} holds no text.', column));
}

function whole(text: string, place: string): string {
  const at = text.search(/\p{Surrogate}/u);
  if (at < 0) return text;
  const half = text.charCodeAt(at).toString(16);
  throw new RowError(message('{0} has half a character at {1}: \\u{2}, a lone surrogate.', place, at, half));
}
