/** Word::merge_all (tokenizers/src/models/bpe/word.rs): always the pair of the lowest rank, the leftmost first. */
import { message } from '../../common/message';
import { Heap } from './tokenizerHeap';
import { type JsonObject, listAt } from './tokenizerJson';
import { TokenizerProblem, wrongValue } from './tokenizerProblem';

export interface Merges {
  /** By the first, then the second of a pair: two small numbers are found faster than a big one. */
  readonly ranks: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** By rank: the id that the pair becomes. */
  readonly made: readonly number[];
  /** By rank: the token that the pair becomes. */
  readonly tokens: readonly string[];
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
    return following < 0 ? undefined : merges.ranks.get(ids[position] ?? 0)?.get(ids[following] ?? 0);
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
  const ranks = new Map<number, Map<number, number>>();
  const made: number[] = [];
  const tokens: string[] = [];
  // convert_merges_to_hashmap skips the head line of merges.txt.
  const entries = listAt(model, 'merges', path).filter(
    (entry) => typeof entry !== 'string' || !entry.startsWith('#version'),
  );
  for (const [rank, entry] of entries.entries()) {
    const pair: readonly unknown[] = typeof entry === 'string' ? entry.split(' ') : Array.isArray(entry) ? entry : [];
    const [left, right] = pair;
    if (pair.length !== 2 || typeof left !== 'string' || typeof right !== 'string') {
      throw wrongValue(`${path}.merges[${rank}]`, '["…", "…"]');
    }
    const first = vocab.get(left);
    const second = vocab.get(right);
    const token = left + right.slice(prefixLength);
    const merged = vocab.get(token);
    if (first === undefined || second === undefined || merged === undefined) {
      throw new TokenizerProblem(
        message(
          'tokenizer.json merges "{0}" and "{1}", but its vocabulary lacks one of them or what they make. Copy the file again from where the model came from.',
          left,
          right,
        ),
      );
    }
    const seconds = ranks.get(first) ?? new Map<number, number>();
    ranks.set(first, seconds.set(second, rank));
    made[rank] = merged;
    tokens[rank] = token;
  }
  return { ranks, made, tokens };
}
