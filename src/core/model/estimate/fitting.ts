import type { MemoryEstimate, MemoryLever } from '../../../protocol/model';
import { changed } from './change';
import { estimateMemory, type EstimateFacts } from './estimate';

export interface Fitting {
  readonly levers: readonly MemoryLever[];
  /** With all of them. */
  readonly estimate: MemoryEstimate;
}

/** Sets of more changes than this nobody wants to read. */
const MOST = 3;
/** Levers that are tried together. */
const TRIED = 6;

/**
 * The smallest set of changes with which the training fits into `freeBytes`; of two that are equally small the one that
 * saves most. Null if none of up to three does. `levers`: of memoryLevers().
 */
export function fittingLevers(facts: EstimateFacts, levers: readonly MemoryLever[], freeBytes: number): Fitting | null {
  for (let size = 1; size <= MOST; size++) {
    let best: Fitting | null = null;
    for (const set of sets(levers.slice(0, TRIED), size)) {
      const recipe = changed(
        facts.recipe,
        set.flatMap(({ changes }) => changes),
      );
      const estimate = estimateMemory({ ...facts, recipe });
      if (estimate.deviceBytes > freeBytes) continue;
      if (best === null || estimate.deviceBytes < best.estimate.deviceBytes) best = { levers: set, estimate };
    }
    if (best !== null) return best;
  }
  return null;
}

/** All subsets of a size, in order. */
function* sets<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [index, item] of items.entries())
    for (const rest of sets(items.slice(index + 1), size - 1)) yield [item, ...rest];
}
