/**
 * Gives `next` back with every part that equals its counterpart in `previous` replaced by it. Pictures arrive as whole
 * JSON documents; with equal parts identical, `===` tells what has to be drawn again.
 */
export function reuse<T>(previous: unknown, next: T): T {
  // SAFETY: the result equals `next` in every part, so it has its type.
  return merge(previous, next) as T;
}

function merge(previous: unknown, next: unknown): unknown {
  if (Array.isArray(previous) && Array.isArray(next)) {
    const merged = next.map((value, index) => merge(previous[index], value));
    const same = merged.length === previous.length && merged.every((value, index) => value === previous[index]);
    return same ? previous : merged;
  }
  if (isRecord(previous) && isRecord(next)) {
    const merged = Object.entries(next).map(([key, value]) => [key, merge(previous[key], value)] as const);
    const same =
      merged.length === Object.keys(previous).length &&
      merged.every(([key, value]) => Object.hasOwn(previous, key) && value === previous[key]);
    return same ? previous : Object.fromEntries(merged);
  }
  return next;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
