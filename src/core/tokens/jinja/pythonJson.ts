import { PythonFloat } from './convert';

const STRING_OR_NUMBER = /"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.eE+-]*/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/**
 * JSON text as values that a template sees as Python does. JSON.parse loses what Python keeps: that 1.0 is a float, the digits
 * of large integers, and where keys such as "2" stand (ECMA-262, OrdinaryOwnPropertyKeys): an object with such keys becomes
 * a Map. Throws SyntaxError.
 */
export function parsePythonJson(text: string): unknown {
  // A letter in front of everything: strings and keys s, numbers n, as a string. Keys keep their order by it.
  const lettered = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"')) return `"s${token.slice(1)}`;
    return NUMBER.test(token) ? `"n${token}"` : token;
  });
  return JSON.parse(lettered, (_, value: unknown) => restored(value));
}

const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/;

function restored(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('n') ? numberOf(value.slice(1)) : value.slice(1);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [keyOf(key), item]);
  return entries.some(([key]) => ARRAY_INDEX.test(key)) ? new Map(entries) : Object.fromEntries(entries);
}

function keyOf(key: string): string {
  if (key.startsWith('n')) throw new SyntaxError(`a number is no key: ${key.slice(1)}`);
  return key.slice(1);
}

function numberOf(text: string): unknown {
  if (/[.eE]/.test(text)) {
    const value = Number(text);
    return Number.isInteger(value) ? new PythonFloat(value) : value;
  }
  const whole = BigInt(text);
  return BigInt.asIntN(53, whole) === whole ? Number(whole) : whole;
}
