import { itemOf } from './attributes';
import { List, textOf, Undefined, type Value } from './values';

function partsOf(attribute: Value): readonly Value[] {
  const path = textOf(attribute);
  if (attribute === null) return [];
  if (path === null) return [attribute];
  return path.split('.').map((part) => (/^\d+$/.test(part) ? BigInt(part) : part));
}

/** jinja2.filters.make_attrgetter: "a.b.0"; a fallback of None is none. */
export function attributeGetter(attribute: Value, fallback: Value = null): (item: Value) => Value {
  const parts = partsOf(attribute);
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = itemOf(value, part);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return value;
  };
}

/** What sort, unique, min and max compare by: "a,b" is several attributes; letters alike unless case_sensitive. */
export function sortKey(attribute: Value, caseSensitive: boolean): (item: Value) => List {
  const path = textOf(attribute);
  const getters = (path === null ? [attribute] : path.split(',')).map((each) => attributeGetter(each));
  return (item) => new List(getters.map((getter) => (caseSensitive ? getter(item) : ignoreCase(getter(item)))));
}

export function ignoreCase(value: Value): Value {
  return textOf(value)?.toLowerCase() ?? value;
}
