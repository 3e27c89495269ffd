import { message } from '../../../common/message';
import { refuse, unsupported } from './failure';
import { characters } from './characters';
import { integerOf, List, Markup, Range, Tuple, typeName, type Value } from './values';

/** What stands between the brackets of a[start:stop:step]. */
export interface SliceBounds {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

/** obj[start:stop:step]; null where this type has no slices. */
export function sliceOf(value: Value, bounds: SliceBounds): Value | null {
  if (typeof value === 'string') return picked(characters(value), bounds).join('');
  if (value instanceof Markup) return new Markup(picked(characters(value.text), bounds).join(''));
  if (value instanceof List) return new List(picked(value.items, bounds));
  if (value instanceof Tuple) return new Tuple(picked(value.items, bounds));
  if (value instanceof Range) {
    return unsupported(message('A slice of a {0} in the chat template is not supported.', 'range'));
  }
  return null;
}

/** slice.indices of CPython (Objects/sliceobject.c, PySlice_AdjustIndices). */
function picked<T>(items: readonly T[], { start, stop, step }: SliceBounds): T[] {
  const by = bound(step) ?? 1;
  if (by === 0) return refuse('slice step cannot be zero');
  const { length } = items;
  const [low, high] = by > 0 ? [0, length] : [-1, length - 1];
  const clamp = (index: number): number => Math.min(Math.max(index < 0 ? index + length : index, low), high);
  const from = bound(start);
  const to = bound(stop);
  const first = from === null ? (by > 0 ? low : high) : clamp(from);
  const end = to === null ? (by > 0 ? high : low) : clamp(to);
  const result: T[] = [];
  for (let index = first; by > 0 ? index < end : index > end; index += by) {
    const item = items[index];
    if (item !== undefined) result.push(item);
  }
  return result;
}

function bound(value: Value): number | null {
  if (value === null) return null;
  const index = integerOf(value);
  if (index === null) {
    return refuse(`slice indices must be integers or None or have an __index__ method, not ${typeName(value)}`);
  }
  // beyond every length, whatever it is
  return Number(BigInt.asIntN(53, index) === index ? index : index < 0n ? -1e15 : 1e15);
}
