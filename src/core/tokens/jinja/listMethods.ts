import { bind } from './arguments';
import { equals } from './compare';
import { refuse } from './failure';
import { repr } from './text';
import { integerOf, List, typeName, type Method, type Tuple, type Value } from './values';

function bound(value: Value, length: number): number {
  const index = Number(integerOf(value) ?? refuse('slice indices must be integers'));
  return index < 0 ? Math.max(0, index + length) : Math.min(index, length);
}

/** Methods of list and tuple that don't change them. */
export const LIST_METHODS: ReadonlyMap<string, Method<List | Tuple>> = new Map<string, Method<List | Tuple>>([
  [
    'count',
    (list, args) => {
      const [item] = bind('count', args, [['value']]);
      return BigInt(list.items.filter((other) => other === item || equals(other, item)).length);
    },
  ],
  [
    'index',
    (list, args) => {
      const { length } = list.items;
      const [item, start, stop] = bind('index', args, [['value'], ['start', 0n], ['stop', BigInt(length)]]);
      const [from, to] = [bound(start, length), bound(stop, length)];
      const place = list.items.findIndex(
        (other, at) => at >= from && at < to && (other === item || equals(other, item)),
      );
      return place < 0 ? refuse(`${repr(item)} is not in ${typeName(list)}`) : BigInt(place);
    },
  ],
  [
    'copy',
    (list, args) => {
      bind('copy', args, []);
      return new List([...list.items]);
    },
  ],
]);
