import { message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import { isBlank } from './content';
import { columnPiece, elementsOf, excerpt, jsonOf, membersOf, type Piece } from './piece';
import { oneLine } from './rawJson';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';

/** tool_calls as chat templates read them: [{function: {name, arguments}}] or [{name, arguments}] (Qwen's accepts both). */
export function checkToolCalls(calls: Piece, place: string): void {
  if (calls.value === null || calls.value === undefined) return;
  if (!Array.isArray(calls.value)) {
    throw new RowError(message('{0} is no list of tool calls: {1}', place, excerpt(calls.value)));
  }
  for (const [index, call] of calls.value.entries()) checkCall(call, `${place}[${index}]`);
}

function checkCall(call: unknown, place: string): void {
  const called: unknown = isPlainObject(call) && call['function'] !== undefined ? call['function'] : call;
  if (!isPlainObject(called) || typeof called['name'] !== 'string' || called['name'] === '') {
    throw new RowError(message('{0} does not name the function that is called: {1}', place, excerpt(call)));
  }
  const given = called['arguments'];
  // No arguments at all are those of a function without parameters, as the trainer reads them (tool_calls.py, _call).
  if (given === undefined || given === null || (typeof given === 'string' && isBlank(given))) return;
  const at = `${place}.${called === call ? '' : 'function.'}arguments`;
  if (!isPlainObject(typeof given === 'string' ? parsed(given, at) : given)) {
    throw new RowError(message('{0} is neither an object nor JSON text of one: {1}', at, excerpt(given)));
  }
}

/** OpenAI's older {function_call: {name, arguments}} in today's words. */
export function legacyCall(call: Piece, place: string): string {
  checkCall(call.value, place);
  return `[{"type":"function","function":${jsonOf(call, place)}}]`;
}

/**
 * The text of a function_call turn, {"name": …, "arguments": …} or a list of such, as tool_calls, the way LLaMA-Factory reads
 * it (data/tool_utils.py). Its JSON stays as it is written.
 */
export function callsOfText(text: unknown, place: string): string {
  if (typeof text !== 'string') throw new RowError(message('{0} is no text: {1}', place, excerpt(text)));
  const value = parsed(text, place);
  const calls = Array.isArray(value) ? elementsOf({ value, json: text }) : [{ value, json: text.trim() }];
  if (calls.length === 0) throw new RowError(message('{0} is an empty list.', place));
  return `[${calls.map((call, index) => callJson(call, calls.length > 1 ? `${place}[${index}]` : place)).join(',')}]`;
}

function callJson(call: Piece, place: string): string {
  checkCall(call.value, place);
  const wrapped = membersOf(call).some(([key]) => key === 'function');
  return wrapped ? jsonOf(call, place) : `{"type":"function","function":${jsonOf(call, place)}}`;
}

/** The row's tool definitions as a list in JSON, or null where it has none. The column may hold JSON text of the list. */
export function toolsJson(row: SourceRow, column: string): string | null {
  const { value, json } = columnPiece(row, column);
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : json;
  const list = typeof value === 'string' ? parsed(value, column) : value;
  if (list === null) return null;
  if (!Array.isArray(list) || !list.every(isPlainObject)) {
    throw new RowError(message('{0} is no list of tool definitions: {1}', column, excerpt(value)));
  }
  return text === null ? jsonOf({ value: list, json }, column) : oneLine(text.trim());
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RowError(message('{0} is no JSON: {1}', place, error instanceof Error ? error.message : String(error)));
  }
}
