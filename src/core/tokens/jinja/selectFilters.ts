import { attributeGetter } from './attributePath';
import { refuse } from './failure';
import { iterate } from './iterate';
import type { Filter, Runtime } from './runtime';
import { truthy } from './truth';
import { Lazy, textOf, type Args, type Value } from './values';

/** Generators of Python are lazy; so are these: what an item does shows when it is asked for. */
function* mapped(value: Value, change: () => (item: Value) => Value, { budget }: Runtime): Generator<Value> {
  if (!truthy(value)) return;
  const apply = change();
  const items = iterate(value);
  for (let next = items.next(); next.done !== true; next = items.next()) {
    budget.step();
    yield apply(next.value);
  }
}

function mapFunction({ positional: [, ...rest], named }: Args, runtime: Runtime): (item: Value) => Value {
  const attribute = named.get('attribute');
  if (rest.length === 0 && attribute !== undefined) {
    const unknown = [...named.keys()].find((name) => name !== 'attribute' && name !== 'default');
    if (unknown !== undefined) refuse(`Unexpected keyword argument '${unknown}'`);
    return attributeGetter(attribute, named.get('default'));
  }
  const [name, ...others] = rest;
  if (name === undefined) return refuse('map requires a filter argument');
  const filter = textOf(name) ?? refuse('map requires the name of a filter');
  return (item) => runtime.filter(filter, { positional: [item, ...others], named });
}

const map: Filter = (args, runtime) => {
  const [value = null] = args.positional;
  return new Lazy(mapped(value, () => mapFunction(args, runtime), runtime));
};

function* chosen(args: Args, keep: boolean, byAttribute: boolean, runtime: Runtime): Generator<Value> {
  const [value = null, ...rest] = args.positional;
  if (!truthy(value)) return;
  if (byAttribute && rest.length === 0) refuse('Missing parameter for attribute name');
  const get = byAttribute ? attributeGetter(rest[0] ?? null) : (item: Value) => item;
  const [name, ...others] = byAttribute ? rest.slice(1) : rest;
  const test = name === undefined ? null : (textOf(name) ?? refuse('select requires the name of a test'));
  const items = iterate(value);
  for (let next = items.next(); next.done !== true; next = items.next()) {
    runtime.budget.step();
    const item = get(next.value);
    const fits =
      test === null ? truthy(item) : runtime.test(test, { positional: [item, ...others], named: args.named });
    if (fits === keep) yield next.value;
  }
}

const choosing =
  (keep: boolean, byAttribute: boolean): Filter =>
  (args, runtime) =>
    new Lazy(chosen(args, keep, byAttribute, runtime));

export const SELECT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['map', map],
  ['select', choosing(true, false)],
  ['reject', choosing(false, false)],
  ['selectattr', choosing(true, true)],
  ['rejectattr', choosing(false, true)],
];
