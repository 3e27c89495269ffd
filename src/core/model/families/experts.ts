import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import type { FamilyModel, TensorRules, WeightConversion } from './family';
import { container, leaf, type ModuleNode } from './module';

/** What a mixture of experts is built of. */
export interface ExpertSizes {
  readonly experts: number;
  readonly hiddenSize: number;
  /** Of one expert. */
  readonly intermediateSize: number;
}

/** More than published: Kimi K2 has 384 experts in a layer, Llama 4 Maverick 128. */
const MOST_EXPERTS = 4096;

/** Sizes with experts: intermediateSize becomes that of one expert. */
export function withExperts(
  config: ConfigReader,
  sizes: ModelSizes,
  keys: { readonly experts: string; readonly perToken: string; readonly intermediateSize: string },
  defaults: { readonly experts: number; readonly perToken: number; readonly intermediateSize: number },
): ModelSizes & { readonly experts: number; readonly expertsPerToken: number } {
  return {
    ...sizes,
    intermediateSize: config.size(keys.intermediateSize, defaults.intermediateSize),
    experts: config.count(keys.experts, defaults.experts, MOST_EXPERTS),
    expertsPerToken: config.size(keys.perToken, defaults.perToken),
  };
}

/**
 * All experts of a layer in one module, as most classes have them since transformers 5 (MixtralExperts): two parameters
 * with three axes, which are no nn.Linear, so that neither bitsandbytes packs them nor target_modules reaches them.
 */
export function fusedExperts(type: string, sizes: ExpertSizes, act: ModuleNode): ModuleNode {
  const { experts, hiddenSize, intermediateSize } = sizes;
  return container(
    type,
    { act_fn: act },
    {
      parameters: {
        gate_up_proj: [experts, 2 * intermediateSize, hiddenSize],
        down_proj: [experts, hiddenSize, intermediateSize],
      },
    },
  );
}

/** A router that holds its weight itself (MixtralTopKRouter): no nn.Linear either. */
export function router(type: string, { experts, hiddenSize }: ExpertSizes): ModuleNode {
  return leaf(type, { parameters: { weight: [experts, hiddenSize] } });
}

/** conversion_mapping.py, "qwen2_moe": a checkpoint has each expert's matrices by themselves. */
export const EXPERTS_OF_QWEN: readonly WeightConversion[] = [
  { from: /(mlp\.experts)\.\d+\.(?:gate_proj|up_proj)\.weight$/, to: ['$1.gate_up_proj'] },
  { from: /(mlp\.experts)\.\d+\.down_proj\.weight$/, to: ['$1.down_proj'] },
];

/** conversion_mapping.py, "mixtral" and "phimoe". */
export const EXPERTS_OF_MIXTRAL: readonly WeightConversion[] = [
  { from: /(\.experts)\.\d+\.(?:w1|w3)\.weight$/, to: ['$1.gate_up_proj'] },
  { from: /(\.experts)\.\d+\.w2\.weight$/, to: ['$1.down_proj'] },
];

/** The model with its class' rules for the names of a checkpoint's tensors. */
export function withTensors(model: FamilyModel, rules: Partial<TensorRules>): FamilyModel {
  return { ...model, tensors: { ...model.tensors, ...rules } };
}
