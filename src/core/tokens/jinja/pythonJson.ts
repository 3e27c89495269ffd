import { PythonFloat } from './convert';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/**
 * JSON text as values that a template sees as Python does. JSON.parse loses what Python keeps: that 1.0 is a float, the digits
 * of large integers, and where keys such as "2" stand (ECMA-262, OrdinaryOwnPropertyKeys): an object with such keys becomes
 * a Map. Throws SyntaxError.
 */
export function parsePythonJson(text: string): unknown {
  const marked = markNumbers(text);
  return JSON.parse(marked.text, (_, value: unknown) => restored(value, marked.mark));
}

/** Numbers become marked strings, and keys get the mark in front, so that they keep their order; see `restored`. */
function markNumbers(text: string): { readonly text: string; readonly mark: string } {
  let mark = '\ue000';
  while (text.includes(mark) || text.includes(JSON.stringify(mark).slice(1, -1))) mark += '\ue000';
  const changed = text.replace(
    /"(?:[^"\\]|\\[\s\S])*"(\s*:)?|-?\d[\d.eE+-]*/g,
    (token: string, colon: string | undefined) => {
      if (colon !== undefined) return `"${mark}${token.slice(1)}`;
      return token.startsWith('"') || !NUMBER.test(token) ? token : `"${mark}${token}"`;
    },
  );
  return { text: changed, mark };
}

const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/;

function restored(value: unknown, mark: string): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? numberOf(value.slice(mark.length)) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value instanceof PythonFloat || value instanceof Map) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key.slice(mark.length), item]);
  return entries.some(([key]) => ARRAY_INDEX.test(key)) ? new Map(entries) : Object.fromEntries(entries);
}

function numberOf(text: string): unknown {
  if (/[.eE]/.test(text)) {
    const value = Number(text);
    return Number.isInteger(value) ? new PythonFloat(value) : value;
  }
  const whole = BigInt(text);
  return BigInt.asIntN(53, whole) === whole ? Number(whole) : whole;
}
