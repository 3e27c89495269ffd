/** Word::merge_all (tokenizers/src/models/bpe/word.rs): always the pair of the lowest rank, the leftmost first. */
import { message } from '../../common/message';
import { type JsonObject, listAt } from './tokenizerJson';
import { TokenizerProblem, wrongValue } from './tokenizerProblem';

export interface Merges {
  /** More than the highest id: a pair's key is first * size + second. */
  readonly size: number;
  readonly ranks: ReadonlyMap<number, number>;
  /** By rank: the id that the pair becomes. */
  readonly made: readonly number[];
}

export interface Symbols {
  readonly ids: number[];
  /** In bytes of UTF-8. */
  readonly lengths: number[];
}

/** Changes `symbols`. */
export function mergeSymbols({ ids, lengths }: Symbols, merges: Merges): Symbols {
  const count = ids.length;
  const next = ids.map((_, index) => (index + 1 < count ? index + 1 : -1));
  const previous = ids.map((_, index) => index - 1);
  const queue = new Heap();
  const rankAt = (position: number): number | undefined => {
    const following = next[position] ?? -1;
    return following < 0 ? undefined : merges.ranks.get((ids[position] ?? 0) * merges.size + (ids[following] ?? 0));
  };
  const offer = (position: number): void => {
    const rank = rankAt(position);
    if (rank !== undefined) {
      queue.push(rank * count + position);
    }
  };
  for (let index = 0; index + 1 < count; index++) {
    offer(index);
  }
  for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
    const position = top % count;
    const made = merges.made[(top - position) / count];
    const rank = rankAt(position);
    // An entry may be from before a neighbour changed; a length of 0 says that the symbol is gone.
    if (lengths[position] === 0 || rank === undefined || made === undefined || merges.made[rank] !== made) {
      continue;
    }
    const right = next[position] ?? -1;
    const following = next[right] ?? -1;
    ids[position] = made;
    lengths[position] = (lengths[position] ?? 0) + (lengths[right] ?? 0);
    lengths[right] = 0;
    next[position] = following;
    if (following >= 0) {
      previous[following] = position;
    }
    const before = previous[position] ?? -1;
    if (before >= 0) {
      offer(before);
    }
    offer(position);
  }
  return { ids: ids.filter((_, index) => lengths[index] !== 0), lengths: lengths.filter((length) => length !== 0) };
}

/** `prefixLength`: of continuing_subword_prefix, which the right one of a pair loses. */
export function readMerges(
  model: JsonObject,
  path: string,
  vocab: ReadonlyMap<string, number>,
  prefixLength: number,
): Merges {
  const ranks = new Map<number, number>();
  const made: number[] = [];
  let size = 1;
  for (const id of vocab.values()) {
    size = Math.max(size, id + 1);
  }
  for (const [rank, entry] of listAt(model, 'merges', path).entries()) {
    const pair: readonly unknown[] = typeof entry === 'string' ? entry.split(' ') : Array.isArray(entry) ? entry : [];
    const [left, right] = pair;
    if (pair.length !== 2 || typeof left !== 'string' || typeof right !== 'string') {
      throw wrongValue(`${path}.merges[${rank}]`, '["…", "…"]');
    }
    const first = vocab.get(left);
    const second = vocab.get(right);
    const merged = vocab.get(left + right.slice(prefixLength));
    if (first === undefined || second === undefined || merged === undefined) {
      throw new TokenizerProblem(
        message(
          'tokenizer.json merges "{0}" and "{1}", but its vocabulary lacks one of them or what they make. Copy the file again from where the model came from.',
          left,
          right,
        ),
      );
    }
    ranks.set(first * size + second, rank);
    made[rank] = merged;
  }
  return { size, ranks, made };
}

/** The least number first. */
class Heap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let index = items.length;
    items.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = items[parent] ?? 0;
      if (above <= item) {
        break;
      }
      items[index] = above;
      index = parent;
    }
    items[index] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) {
      return top;
    }
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let child = left;
      if (right < items.length && (items[right] ?? 0) < (items[left] ?? 0)) {
        child = right;
      }
      const below = items[child];
      if (below === undefined || below >= last) {
        break;
      }
      items[index] = below;
      index = child;
    }
    items[index] = last;
    return top;
  }
}
