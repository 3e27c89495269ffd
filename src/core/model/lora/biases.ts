import type { ModelModule, ModelStructure } from '../../../protocol/model';
import type { LoraSection } from './loraConfig';

/** A bias that bias: all or lora_only trains or writes. */
export interface TrainedBias {
  readonly module: ModelModule;
  readonly shape: readonly number[];
}

/** peft 0.21.0, tuners_utils.py _mark_only_adapters_as_trainable. `targeted`: modules with an adapter. */
export function biasesOf(
  { modules }: ModelStructure,
  { bias }: LoraSection,
  targeted: ReadonlySet<string>,
): readonly TrainedBias[] {
  if (bias === 'none') return [];
  return modules.flatMap((module) => {
    const own = module.parameters.find(({ name }) => name === 'bias');
    if (own === undefined || (bias === 'lora_only' && !targeted.has(module.name))) return [];
    return [{ module, shape: own.shape }];
  });
}
