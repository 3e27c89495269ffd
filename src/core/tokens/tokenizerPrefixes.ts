/**
 * Which tokens a text goes on with. A sorted list that is narrowed character by character, since a trie of objects would
 * take hundreds of megabytes for the quarter of a million tokens that multilingual models have.
 */
export function prefixSearch(tokens: readonly string[]): (text: string, start: number) => readonly number[] {
  const sorted = tokens.toSorted((first, second) => (first < second ? -1 : first > second ? 1 : 0));
  const ranges = firstUnits(sorted);
  /** Ends of the tokens that `text` has at `start`, the shortest first. */
  return (text, start) => {
    const ends: number[] = [];
    const range = ranges.get(text.charCodeAt(start));
    let low = range?.low ?? 0;
    let high = range?.high ?? 0;
    for (let depth = 1; low < high; depth++) {
      // A token of just this length sorts before the longer ones that begin with it.
      if (sorted[low]?.length === depth) {
        ends.push(start + depth);
        low++;
      }
      if (start + depth >= text.length) {
        break;
      }
      const unit = text.charCodeAt(start + depth);
      low = lowerBound(sorted, low, high, depth, unit);
      high = lowerBound(sorted, low, high, depth, unit + 1);
    }
    return ends;
  };
}

function firstUnits(sorted: readonly string[]): ReadonlyMap<number, { readonly low: number; readonly high: number }> {
  const ranges = new Map<number, { low: number; high: number }>();
  for (const [index, token] of sorted.entries()) {
    if (token !== '') {
      const unit = token.charCodeAt(0);
      const range = ranges.get(unit);
      if (range === undefined) {
        ranges.set(unit, { low: index, high: index + 1 });
      } else {
        range.high = index + 1;
      }
    }
  }
  return ranges;
}

/** The first of them whose unit at `depth` is at least `unit`; all of them are longer than `depth`. */
function lowerBound(sorted: readonly string[], from: number, to: number, depth: number, unit: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.charCodeAt(depth) ?? 0) < unit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
