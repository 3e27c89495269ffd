import { type EstimateFacts, estimateMemory } from '../../src/core/model/estimate/estimate';
import { memoryLevers } from '../../src/core/model/estimate/levers';
import type { MemoryEstimate, MemoryLever } from '../../src/protocol/model';

/** After the last change, before the estimate is made, and then the levers: each of them is an estimate of its own. */
const ESTIMATE_MS = 60;
const LEVERS_MS = 250;

export interface KeptMemory {
  readonly estimate: MemoryEstimate;
  /** null: not known yet. */
  readonly levers: readonly MemoryLever[] | null;
  /** Whether it is of the facts that were asked for, and not of earlier ones. */
  readonly isCurrent: boolean;
}

/**
 * An estimate goes through a training step operation by operation, which takes a tenth of a second: too long for each move of
 * a slider. The last one stays until the hand rests.
 */
export class MemoryKeeper {
  readonly #onNews: () => void;
  #wanted: EstimateFacts | null = null;
  #key = '';
  #kept: { readonly estimate: MemoryEstimate; readonly levers: readonly MemoryLever[] | null } | null = null;
  /** Of the facts that `kept` is made of. */
  #keptKey: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onNews: () => void) {
    this.#onNews = onNews;
  }

  /** What is known by now; null before the first estimate. */
  of(facts: EstimateFacts): KeptMemory | null {
    const key = JSON.stringify([facts.recipe, facts.machine, facts.lengths]);
    if (key !== this.#key || facts.structure !== this.#wanted?.structure) {
      // another model's memory is not shown for this one
      if (facts.structure !== this.#wanted?.structure) this.#kept = null;
      this.#wanted = facts;
      this.#key = key;
      this.#keptKey = null;
      this.#later(ESTIMATE_MS, () => this.#estimate());
    }
    return this.#kept === null ? null : { ...this.#kept, isCurrent: this.#keptKey === key };
  }

  #estimate(): void {
    if (this.#wanted === null) return;
    const levers = this.#kept?.levers ?? null;
    this.#kept = { estimate: estimateMemory(this.#wanted), levers };
    this.#later(LEVERS_MS, () => this.#levers());
    this.#onNews();
  }

  #levers(): void {
    if (this.#wanted === null || this.#kept === null) return;
    this.#kept = { ...this.#kept, levers: memoryLevers(this.#wanted, this.#kept.estimate) };
    this.#keptKey = this.#key;
    this.#onNews();
  }

  #later(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }
}
