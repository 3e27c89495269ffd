import { message } from '../../../common/message';
import { unsupported } from './failure';
import { makeDict } from './hash';
import { Dict, List, type Value } from './values';

/** A float, where a plain number would read as an int: json.loads makes 1.0 of "1.0", JSON.parse makes 1. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/**
 * What JSON holds, as Python has it. Maps keep the order of keys that look like numbers; in plain objects JavaScript has
 * sorted those already, and nothing can be said about how Python prints them.
 */
export function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return numberValue(value);
    case 'undefined':
      return null;
    case 'object':
      return value === null ? null : objectValue(value);
    default:
      throw new TypeError(`no value for a template: ${typeof value}`);
  }
}

function numberValue(value: number): Value {
  if (!Number.isInteger(value)) return value;
  if (Object.is(value, -0)) return unsupported(message('How Python prints the number {0} cannot be known here.', '-0'));
  if (Number.isSafeInteger(value)) return BigInt(value);
  return unsupported(message('How Python prints the number {0} cannot be known here.', String(value)));
}

const ARRAY_INDEX = /^(?:0|[1-9]\d{0,9})$/;

function objectValue(value: object): Value {
  if (value instanceof PythonFloat) return value.value;
  if (Array.isArray(value)) return new List(value.map(toValue));
  if (value instanceof Map) {
    return makeDict(Array.from(value, ([key, item]: [unknown, unknown]) => [toValue(key), toValue(item)] as const));
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.find(([key]) => ARRAY_INDEX.test(key));
  if (sorted !== undefined && entries.length > 1) {
    unsupported(message('In which order the keys stand around {0} cannot be known here.', JSON.stringify(sorted[0])));
  }
  const dict = new Dict();
  for (const [key, item] of entries) dict.entries.set(`s${key}`, [key, toValue(item)]);
  return dict;
}
