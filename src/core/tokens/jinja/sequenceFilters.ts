import { attributeGetter, ignoreCase, sortKey } from './attributePath';
import { bind } from './arguments';
import { characters } from './characters';
import { compareLess, equals } from './compare';
import { refuse } from './failure';
import { hashKey } from './hash';
import { iterate, lengthOf, listOf } from './iterate';
import { operate } from './operators';
import type { Filter } from './runtime';
import { str } from './text';
import { truthy } from './truth';
import { Dict, integerOf, Lazy, List, Markup, textOf, Tuple, typeName, Undefined, type Value } from './values';

/** sorted(items, key=…): stable, also in reverse. */
function sorted(items: readonly Value[], key: (item: Value) => Value, reverse: boolean): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  const sign = reverse ? -1 : 1;
  keyed.sort((a, b) => (compareLess(a.key, b.key) ? -sign : compareLess(b.key, a.key) ? sign : 0));
  return keyed.map(({ item }) => item);
}

const length: Filter = (args) => BigInt(lengthOf(bind('len', args, [['obj']])[0]));

const first: Filter = (args) => {
  const next = iterate(bind('first', args, [['seq']])[0]).next();
  return next.done === true ? new Undefined('No first item, sequence was empty.') : next.value;
};

const last: Filter = (args) => {
  const [value] = bind('last', args, [['seq']]);
  if (value instanceof Lazy) return refuse(`'${typeName(value)}' object is not reversible`);
  const item = listOf(value).at(-1);
  return item === undefined ? new Undefined('No last item, sequence was empty.') : item;
};

const join: Filter = (args) => {
  const [value, separator, attribute] = bind('join', args, [['value'], ['d', ''], ['attribute', null]]);
  const get = attributeGetter(attribute);
  return listOf(value)
    .map((item) => str(get(item)))
    .join(str(separator));
};

const list: Filter = (args) => new List(listOf(bind('list', args, [['value']])[0]));

const reverse: Filter = (args) => {
  const [value] = bind('reverse', args, [['value']]);
  const text = textOf(value);
  if (text !== null) {
    const turned = characters(text).toReversed().join('');
    return value instanceof Markup ? new Markup(turned) : turned;
  }
  const items = listOf(value).toReversed();
  // reversed() knows no generators: a list is made of them instead
  return value instanceof Lazy ? new List(items) : new Lazy(items[Symbol.iterator]());
};

const sort: Filter = (args) => {
  const [value, backwards, caseSensitive, attribute] = bind('sort', args, [
    ['value'],
    ['reverse', false],
    ['case_sensitive', false],
    ['attribute', null],
  ]);
  return new List(sorted(listOf(value), sortKey(attribute, truthy(caseSensitive)), truthy(backwards)));
};

function* uniqueItems(value: Value, key: (item: Value) => List): Generator<Value> {
  const seen = new Set<string>();
  for (const item of listOf(value)) {
    const hash = hashKey(new Tuple(key(item).items));
    if (!seen.has(hash)) yield item;
    seen.add(hash);
  }
}

const unique: Filter = (args) => {
  const [value, caseSensitive, attribute] = bind('unique', args, [
    ['value'],
    ['case_sensitive', false],
    ['attribute', null],
  ]);
  return new Lazy(uniqueItems(value, sortKey(attribute, truthy(caseSensitive))));
};

const extreme =
  (name: string, better: (a: Value, b: Value) => boolean): Filter =>
  (args) => {
    const [value, caseSensitive, attribute] = bind(name, args, [
      ['value'],
      ['case_sensitive', false],
      ['attribute', null],
    ]);
    const get = attributeGetter(attribute);
    const key = (item: Value): Value => (truthy(caseSensitive) ? get(item) : ignoreCase(get(item)));
    const [start, ...rest] = listOf(value);
    if (start === undefined) return new Undefined('No aggregated item, sequence was empty.');
    return rest.reduce((best, item) => (better(key(item), key(best)) ? item : best), start);
  };

const sum: Filter = (args, { budget }) => {
  const [value, attribute, start] = bind('sum', args, [['iterable'], ['attribute', null], ['start', 0n]]);
  if (textOf(start) !== null) return refuse("sum() can't sum strings [use ''.join(seq) instead]");
  const get = attributeGetter(attribute);
  return listOf(value).reduce((total, item) => operate('+', total, get(item), budget), start);
};

function* batches(value: Value, size: number, fill: Value): Generator<Value> {
  const items = listOf(value);
  for (let start = 0; start < items.length; start += size) {
    const part = items.slice(start, start + size);
    const missing = fill === null ? 0 : size - part.length;
    yield new List([...part, ...Array.from({ length: missing }, () => fill)]);
  }
}

const batch: Filter = (args) => {
  const [value, size, fill] = bind('batch', args, [['value'], ['linecount'], ['fill_with', null]]);
  const count = Number(integerOf(size) ?? refuse('linecount must be an integer'));
  return new Lazy(batches(value, Math.max(1, count), fill));
};

const dictsort: Filter = (args) => {
  const [value, caseSensitive, by, backwards] = bind('dictsort', args, [
    ['value'],
    ['case_sensitive', false],
    ['by', 'key'],
    ['reverse', false],
  ]);
  const place = by === 'key' ? 0 : by === 'value' ? 1 : refuse('You can only sort by either "key" or "value"');
  const pairs = pairsOf(value);
  const key = (pair: Value): Value => {
    const item = pair instanceof Tuple ? (pair.items[place] ?? null) : null;
    return truthy(caseSensitive) ? item : ignoreCase(item);
  };
  return new List(sorted(pairs, key, truthy(backwards)));
};

function pairsOf(value: Value): Tuple[] {
  if (!(value instanceof Dict)) return refuse(`'${typeName(value)}' object has no attribute 'items'`);
  return [...value.entries.values()].map((pair) => new Tuple(pair));
}

/** A generator in Python too: a value that has no items is refused when they are asked for. */
function* itemsOf(value: Value): Generator<Value> {
  if (value instanceof Undefined) return;
  if (!(value instanceof Dict)) refuse('Can only get item pairs from a mapping.');
  yield* pairsOf(value);
}

const items: Filter = (args) => new Lazy(itemsOf(bind('items', args, [['value']])[0]));

const groupby: Filter = (args) => {
  const [value, attribute, fallback, caseSensitive] = bind('groupby', args, [
    ['value'],
    ['attribute'],
    ['default', null],
    ['case_sensitive', false],
  ]);
  const get = attributeGetter(attribute, fallback);
  const key = (item: Value): Value => (truthy(caseSensitive) ? get(item) : ignoreCase(get(item)));
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sorted(listOf(value), key, false)) {
    const group = groups.at(-1);
    if (group !== undefined && equals(group.key, key(item))) group.items.push(item);
    else groups.push({ key: key(item), items: [item] });
  }
  return new List(
    groups.map((group) => new Tuple([get(group.items[0] ?? null), new List(group.items)], ['grouper', 'list'])),
  );
};

export const SEQUENCE_FILTERS: readonly (readonly [string, Filter])[] = [
  ['length', length],
  ['count', length],
  ['first', first],
  ['last', last],
  ['join', join],
  ['list', list],
  ['reverse', reverse],
  ['sort', sort],
  ['unique', unique],
  ['min', extreme('min', compareLess)],
  ['max', extreme('max', (a, b) => compareLess(b, a))],
  ['sum', sum],
  ['batch', batch],
  ['dictsort', dictsort],
  ['items', items],
  ['groupby', groupby],
];
