import { refuse } from './failure';
import { hashKey } from './hash';
import { iterate } from './iterate';
import {
  Dict,
  Lazy,
  List,
  Markup,
  Range,
  Tuple,
  Undefined,
  View,
  integerOf,
  textOf,
  typeName,
  type Value,
} from './values';

/** a == b */
export function equals(a: Value, b: Value): boolean {
  if (a === b) return !(typeof a === 'number' && Number.isNaN(a));
  const left = integerOf(a) ?? a;
  const right = integerOf(b) ?? b;
  // bigint and number compare by value with ==, exactly as int and float do in Python
  if (isNumber(left) && isNumber(right)) return left == right;
  const text = textOf(a);
  if (text !== null) return text === textOf(b);
  if (a instanceof Undefined) return b instanceof Undefined;
  if (a instanceof List && b instanceof List) return sameItems(a.items, b.items);
  if (a instanceof Tuple && b instanceof Tuple) return sameItems(a.items, b.items);
  if (a instanceof Dict && b instanceof Dict) {
    if (a.entries.size !== b.entries.size) return false;
    return [...a.entries].every(([hash, [, value]]) => {
      const other = b.entries.get(hash);
      return other !== undefined && equals(value, other[1]);
    });
  }
  if (a instanceof Range && b instanceof Range) {
    return a.length === b.length && (a.length === 0 || (a.start === b.start && (a.length === 1 || a.step === b.step)));
  }
  if (a instanceof View && b instanceof View && a.kind !== 'values' && b.kind !== 'values') {
    const items = b.items();
    return (
      a.dict.entries.size === b.dict.entries.size &&
      a.items().every((item) => items.some((other) => equals(item, other)))
    );
  }
  return false;
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}

function sameItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => same(item, b[index] ?? null));
}

/** What containers compare by: identical or equal. */
function same(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'number' && Object.is(a, b)) || equals(a, b);
}

/** a < b */
export function compareLess(a: Value, b: Value): boolean {
  return order(a, b, '<', (sign) => sign < 0);
}

/** a <operator> b; `accept` says which signs of a - b make it true. */
export function order(a: Value, b: Value, operator: string, accept: (sign: number) => boolean): boolean {
  const left = integerOf(a) ?? a;
  const right = integerOf(b) ?? b;
  if (isNumber(left) && isNumber(right)) {
    if (left < right) return accept(-1);
    if (left > right) return accept(1);
    return left == right && accept(0); // NaN
  }
  const leftText = textOf(a);
  const rightText = textOf(b);
  if (leftText !== null && rightText !== null) return accept(compareText(leftText, rightText));
  if ((a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple)) {
    const place = a.items.findIndex((item, index) => index >= b.items.length || !same(item, b.items[index] ?? null));
    const [x, y] = [a.items[place], b.items[place]];
    if (place < 0 || x === undefined || y === undefined) return accept(a.items.length - b.items.length);
    return order(x, y, operator, accept);
  }
  const undefined_ = a instanceof Undefined ? a : b instanceof Undefined ? b : null;
  if (undefined_ !== null) return refuse(undefined_.message);
  return refuse(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** By code points, as Python; JavaScript compares UTF-16 units, which differs above U+FFFF. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) return surrogatesLast(x) - surrogatesLast(y);
  }
  return a.length - b.length;
}

function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** item in container */
export function contains(container: Value, item: Value): boolean {
  const text = textOf(container);
  if (text !== null) {
    const part = textOf(item);
    if (part === null) return refuse(`'in <string>' requires string as left operand, not ${typeName(item)}`);
    return text.includes(part);
  }
  if (container instanceof Dict) return container.entries.has(hashKey(item));
  if (container instanceof View && container.kind === 'keys') return container.dict.entries.has(hashKey(item));
  if (!isIterable(container)) return refuse(`argument of type '${typeName(container)}' is not iterable`);
  const items = iterate(container);
  for (let next = items.next(); next.done !== true; next = items.next()) if (same(item, next.value)) return true;
  return false;
}

function isIterable(value: Value): boolean {
  return [List, Tuple, Dict, Lazy, Range, View, Undefined, Markup].some((type) => value instanceof type);
}
