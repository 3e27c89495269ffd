import type { Dtype, LinearFate, LoraPlan, LoraTarget, ModelStructure } from '../../src/protocol/model';
import type { Part } from './map/part';

/** How the weights of a part are kept in memory. */
export type Storage = 'four' | 'eight' | 'sixteen' | 'thirtyTwo' | 'checkpoint';

export interface PartState {
  readonly storage: Storage;
  /** What quantisation makes of it; null for what it doesn't ask about. */
  readonly fate: LinearFate | null;
  readonly lora: LoraTarget | null;
  /** Trained whole (modules_to_save). */
  readonly whole: boolean;
}

/** What happens to each part of a model with a recipe. */
export class PartStates {
  readonly #structure: ModelStructure;
  readonly #fates: ReadonlyMap<string, LinearFate>;
  readonly #targets: ReadonlyMap<string, LoraTarget>;
  readonly #saved: readonly string[];
  readonly #dtype: Dtype;

  /** `dtype`: what the recipe's dtype comes to on the machine. */
  constructor(structure: ModelStructure, fates: ReadonlyMap<string, LinearFate>, plan: LoraPlan, dtype: Dtype) {
    this.#structure = structure;
    this.#fates = fates;
    this.#targets = new Map(plan.targets.map((target) => [target.name, target]));
    this.#saved = plan.saved;
    this.#dtype = dtype;
  }

  /** Every r that is used. */
  get ranks(): readonly number[] {
    return [...new Set([...this.#targets.values()].map(({ r }) => r))];
  }

  of(part: Part): PartState {
    return this.at(part.name, part.module);
  }

  /** Of the part that has the same place in another block. */
  inBlock(part: Part, block: number): PartState {
    const moved = (name: string): string => name.replace(`.${part.block}.`, `.${block}.`);
    return this.at(moved(part.name), moved(part.module));
  }

  at(name: string, module: string): PartState {
    const fate = this.#fates.get(module) ?? null;
    return {
      storage: this.#storageOf(module, fate),
      fate,
      lora: this.#targets.get(name) ?? null,
      whole: this.#saved.some((saved) => module === saved || module.startsWith(`${saved}.`)),
    };
  }

  #storageOf(module: string, fate: LinearFate | null): Storage {
    if (fate?.kind === 'Linear4bit') return 'four';
    if (fate?.kind === 'Linear8bitLt') return 'eight';
    const { keepInFp32, keepInFp32Strict, quantMethod } = this.#structure;
    if (quantMethod !== null && quantMethod !== 'bitsandbytes' && fate?.kind === 'kept' && fate.why === 'notQuantized')
      return 'checkpoint';
    // the names that a pattern stands for are parts of the path (transformers, PreTrainedModel._keep_in_fp32_modules)
    if ([...keepInFp32, ...keepInFp32Strict].some((pattern) => module.split('.').includes(pattern))) return 'thirtyTwo';
    return this.#dtype === 'float32' ? 'thirtyTwo' : 'sixteen';
  }
}
