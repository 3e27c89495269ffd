import { message } from '../../common/message';
import { PythonFloat } from '../tokens/jinja/convert';
import { rawElements, rawMembers } from './rawJson';
import { RowError } from './rowError';

/** Python's own parser gives up at its recursion limit of 1000. */
const DEEPEST = 900;
const INDEX = /^(?:0|[1-9]\d*)$/;

/**
 * A JSON text as json.loads has it, in the form that chat templates take (tokens/jinja/convert.ts): 1.0 stays a float, large
 * integers stay exact, and objects with keys that JavaScript would sort are Maps. Throws RowError for what is no JSON.
 */
export function parsePythonJson(text: string, place: string): unknown {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new RowError(message('{0} is no JSON: {1}', place, error instanceof Error ? error.message : String(error)));
  }
  return valueOf(text.trim(), place, 0);
}

/** Whether a value is what Python calls a dict. */
export function isDict(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PythonFloat);
}

function valueOf(json: string, place: string, depth: number): unknown {
  if (depth > DEEPEST) throw new RowError(message('{0} is nested too deep.', place));
  const first = json.charAt(0);
  if (first === '[') return rawElements(json).map((element) => valueOf(element, place, depth + 1));
  if (first === '{') {
    const members = rawMembers(json).map(({ key, json: value }) => [key, valueOf(value, place, depth + 1)] as const);
    return members.some(([key]) => INDEX.test(key)) ? new Map(members) : Object.fromEntries(members);
  }
  if (first === '-' || (first >= '0' && first <= '9')) return numberOf(json);
  // SAFETY: a text, true, false or null, of a JSON text that was parsed as a whole above.
  return JSON.parse(json) as unknown;
}

function numberOf(json: string): unknown {
  if (!/^-?\d+$/.test(json)) return new PythonFloat(Number(json));
  const exact = BigInt(json);
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}
