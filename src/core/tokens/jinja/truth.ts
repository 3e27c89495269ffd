import { Dict, List, Loop, Markup, Range, Tuple, Undefined, View, type Value } from './values';

/** bool(value) */
export function truthy(value: Value): boolean {
  if (value === null || value instanceof Undefined) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value !== 0n;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict) return value.entries.size > 0;
  if (value instanceof View) return value.dict.entries.size > 0;
  if (value instanceof Markup) return value.text !== '';
  if (value instanceof Range) return value.length > 0;
  if (value instanceof Loop) return value.attribute('length') !== 0n;
  // generators, namespaces and functions always are
  return true;
}
