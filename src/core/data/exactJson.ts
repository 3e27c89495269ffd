import { message } from '../../common/message';
import { PythonFloat } from '../tokens/jinja/convert';
import { parsePythonJson } from '../tokens/jinja/pythonJson';
import { RowError } from './rowError';

/** Nested JSON as json.loads has it. `place` names it in an error. Throws RowError for what is no JSON. */
export function exactJson(text: string, place: string): unknown {
  try {
    return parsePythonJson(text);
  } catch (error) {
    throw new RowError(message('{0} is no JSON: {1}', place, faultOf(text) ?? String(error)));
  }
}

/** In JavaScript's own words, which quote the text as it is written. */
function faultOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : null;
  }
}

/** Whether a value is what Python calls a dict. */
export function isDict(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PythonFloat);
}
