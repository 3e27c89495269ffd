import type { LoraPlan, LoraTarget, ModelModule, ModelStructure } from '../../../protocol/model';
import type { Arena } from './arena';
import type { Effective } from './effective';
import type { Tape, Value } from './tape';

/** What one micro-batch is computed with. */
export interface Step {
  readonly tape: Tape;
  readonly arena: Arena;
  readonly structure: ModelStructure;
  readonly effective: Effective;
  readonly plan: LoraPlan;
  readonly targets: ReadonlyMap<string, LoraTarget>;
  /** Width of autocast's numbers; null without mixed precision. */
  readonly autocast: number | null;
  readonly rows: number;
  readonly length: number;
  readonly settings: StepSettings;
  /** Parameters that are trained, by name: their gradients stay on them. */
  readonly trained: Map<string, Value>;
  /** autocast's copies of trained parameters: they live until the forward pass ends. */
  readonly casts: Value[];
}

export interface StepSettings {
  readonly checkpointing: boolean;
  readonly loraDropout: number;
  /** Of what attention and MLP give, and of the embeddings. */
  readonly hiddenDropout: number;
  readonly dora: boolean;
  readonly attention: string;
  /** Rows of a batch differ in length, so that attention gets a mask. */
  readonly masked: boolean;
  readonly liger: boolean;
  readonly lossType: 'nll' | 'dft' | 'chunked_nll';
  readonly accumulation: number;
  readonly isCuda: boolean;
}

export function tokensOf({ rows, length }: Step): number {
  return rows * length;
}

export function weightOf({ parameters }: ModelModule): readonly number[] {
  return parameters.find(({ name }) => name === 'weight')?.shape ?? [];
}
