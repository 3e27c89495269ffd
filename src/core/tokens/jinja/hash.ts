import { refuse } from './failure';
import { Dict, List, Markup, Tuple, Undefined, typeName, type Value } from './values';

/** One text for what Python holds to be the same key: hash(1) == hash(1.0) == hash(True). */
export function hashKey(value: Value): string {
  if (typeof value === 'string') return `s${value}`;
  if (value instanceof Markup) return `s${value.text}`;
  if (value === null) return 'N';
  if (typeof value === 'boolean') return `n${Number(value)}`;
  if (typeof value === 'bigint') return `n${value}`;
  if (typeof value === 'number') return Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`;
  if (value instanceof Tuple)
    return `t${value.items.map((item) => `${hashKey(item).length}:${hashKey(item)}`).join('')}`;
  if (value instanceof Undefined) return 'U';
  if (value instanceof List || value instanceof Dict) return refuse(`unhashable type: '${typeName(value)}'`);
  return `o${identity(value)}`;
}

const identities = new WeakMap<object, number>();
let made = 0;

function identity(value: object): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  made += 1;
  identities.set(value, made);
  return made;
}

export function makeDict(pairs: Iterable<readonly [Value, Value]>): Dict {
  const dict = new Dict();
  for (const [key, value] of pairs) setKey(dict, key, value);
  return dict;
}

/** A key that is there keeps its place and its form, as in Python. */
export function setKey(dict: Dict, key: Value, value: Value): void {
  const hash = hashKey(key);
  const before = dict.entries.get(hash);
  dict.entries.set(hash, [before === undefined ? key : before[0], value]);
}

export function getKey(dict: Dict, key: Value): Value | undefined {
  return dict.entries.get(hashKey(key))?.[1];
}
