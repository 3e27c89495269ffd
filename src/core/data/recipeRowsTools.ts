import { message } from '../../common/message';
import { exactJson, isDict } from './exactJson';
import { lstrip } from '../tokens/jinja/whitespace';
import { RowError } from './rowError';

/**
 * Tool definitions of a row: a list of JSON schemas or the JSON text of one; null for none.
 * trainer/src/tunebook_trainer/tool_calls.py. Throws RowError.
 */
export function toolDefinitions(value: unknown, column: string): readonly unknown[] | null {
  if (value === null || value === undefined || value === '') return null;
  const tools = typeof value === 'string' ? exactJson(value, column) : value;
  if (!Array.isArray(tools) || !tools.every(isDict))
    throw new RowError(message('{0} is no list of tool definitions.', column));
  return tools.length === 0 ? null : tools;
}

/**
 * tool_calls of a message. Arguments come out as objects: chat templates write them with tojson, which would put a string
 * (OpenAI's form) between quotes once more. Throws RowError.
 */
export function toolCalls(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new RowError(message('{0}.tool_calls is no list.', place));
  const calls: readonly unknown[] = value;
  return calls.map((call, index) => toolCall(call, `${place}.tool_calls[${index}]`));
}

function toolCall(call: unknown, place: string): unknown {
  if (!isDict(call)) throw new RowError(message('{0} is no object.', place));
  // {type: "function", function: {name, arguments}}, or the inner one alone, which templates take too.
  const wrapped = Object.hasOwn(call, 'function');
  const inner = wrapped ? call['function'] : call;
  if (!isDict(inner) || typeof inner['name'] !== 'string')
    throw new RowError(message('{0} has no function name.', place));
  const given = inner['arguments'] ?? null;
  if (given === null) return call;
  const args = typeof given === 'string' ? parsedArguments(given, place) : given;
  if (!isDict(args)) throw new RowError(message('{0}.arguments is no object.', place));
  const called = { ...inner, arguments: args };
  return wrapped ? { ...call, function: called } : called;
}

function parsedArguments(text: string, place: string): unknown {
  return lstrip(text) === '' ? {} : exactJson(text, `${place}.arguments`);
}
