import { codePoints } from './characters';
import { refuse } from './failure';
import { Dict, Lazy, List, Loop, Markup, Range, Tuple, Undefined, View, typeName, type Value } from './values';

/** iter(value): a generator is used up by it. */
export function iterate(value: Value): Iterator<Value> {
  if (value instanceof Lazy) return value.iterator;
  return known(value)[Symbol.iterator]();
}

/** list(value) */
export function listOf(value: Value): Value[] {
  if (!(value instanceof Lazy)) return [...known(value)];
  const items: Value[] = [];
  for (let next = value.iterator.next(); next.done !== true; next = value.iterator.next()) items.push(next.value);
  return items;
}

function known(value: Exclude<Value, Lazy>): Iterable<Value> {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return Array.from(value.text, (character) => new Markup(character));
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof Dict) return Array.from(value.entries.values(), ([key]) => key);
  if (value instanceof View) return value.items();
  if (value instanceof Range) return rangeItems(value);
  if (value instanceof Undefined) return [];
  return refuse(`'${typeName(value)}' object is not iterable`);
}

function* rangeItems(range: Range): Generator<Value> {
  for (let index = 0; index < range.length; index += 1) yield range.at(index);
}

/** len(value) */
export function lengthOf(value: Value): number {
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof Markup) return codePoints(value.text);
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (value instanceof Dict) return value.entries.size;
  if (value instanceof View) return value.dict.entries.size;
  if (value instanceof Range) return value.length;
  if (value instanceof Undefined) return 0;
  if (value instanceof Loop) return Number(value.attribute('length'));
  return refuse(`object of type '${typeName(value)}' has no len()`);
}
