import type { LoraTarget, ModelModule, ModelParameter } from '../../../protocol/model';
import type { AdapterTensor } from './adapterFile';
import { featuresOf, layerKind } from './layerKind';
import type { LoraConfig } from './loraConfig';
import { patternValue } from './matchTarget';
import { Refused, Unjudged } from './refusal';
import { elementsOf } from '../elements';

export interface LayerAdapter {
  readonly target: LoraTarget;
  /** What it adds, with names that begin below the module: "lora_A.weight". */
  readonly tensors: readonly AdapterTensor[];
}

/** The adapter of a whole module (peft 0.21.0, tuners/lora/layer.py). Throws Refused and Unjudged. */
export function moduleAdapter(config: LoraConfig, module: ModelModule): LayerAdapter {
  const { name, type } = module;
  const kind = layerKind(module);
  if (kind === null) throw new Refused({ kind: 'notSupported', module: name, type });
  const features = featuresOf(module);
  if (kind === 'multihead' || features === null) throw new Unjudged({ kind: 'layerKind', module: name, type });
  const { inFeatures, outFeatures } = features;
  const { r, alpha } = rankOf(config, name);
  const kernel = module.parameters.find((parameter) => parameter.name === 'weight')?.shape.slice(2) ?? [];
  // groups aren't to be seen in a structure; a kernel of one input channel is a depthwise one
  if (kind === 'conv' && inFeatures === 1 && outFeatures > 1)
    throw new Unjudged({ kind: 'layerKind', module: name, type });
  const ones = kernel.map(() => 1);
  const [first, second] =
    kind === 'embedding' ? ['lora_embedding_A', 'lora_embedding_B'] : ['lora_A.weight', 'lora_B.weight'];
  const tensors = [tensor(first, [r, inFeatures, ...kernel]), tensor(second, [outFeatures, r, ...ones])];
  if (config.section.use_dora)
    tensors.push(tensor('lora_magnitude_vector', kind === 'conv' ? [1, outFeatures, ...ones] : [outFeatures]));
  return adapter({ name, kind: 'module', r, alpha, inFeatures, outFeatures, matrices: 1 }, tensors);
}

/** The adapter of one parameter, such as all experts of a block in one (ParamWrapper). Throws Refused. */
export function parameterAdapter(
  config: LoraConfig,
  module: ModelModule,
  parameter: ModelParameter,
  isTransposed: boolean,
): LayerAdapter {
  const name = `${module.name}.${parameter.name}`;
  const { lora_dropout: dropout, use_dora: dora, target_parameters: asked } = config.section;
  const features = parameterFeatures(name, parameter.shape, isTransposed);
  const wanted = (asked ?? []).some((key) => name === key || name.endsWith(`.${key}`));
  if (dropout > 0) throw new Refused({ kind: 'parameterSetting', key: 'lora_dropout', parameter: name, asked: wanted });
  if (dora) throw new Refused({ kind: 'parameterSetting', key: 'use_dora', parameter: name, asked: wanted });
  const { inFeatures, outFeatures, matrices } = features;
  const { r, alpha } = rankOf(config, name);
  const tensors = [
    tensor('lora_A.weight', [r * matrices, inFeatures]),
    tensor('lora_B.weight', [outFeatures, r * matrices]),
  ];
  return adapter({ name, kind: 'parameter', r, alpha, inFeatures, outFeatures, matrices }, tensors);
}

/** ParamWrapper._get_in_out_features, and the swap of update_layer. */
function parameterFeatures(name: string, shape: readonly number[], isTransposed: boolean) {
  const [first = 0, second = 0, third] = shape;
  if (shape.length === 2) return { matrices: 1, inFeatures: second, outFeatures: first };
  if (shape.length !== 3 || third === undefined)
    throw new Refused({ kind: 'parameterDimensions', parameter: name, dimensions: shape.length });
  return isTransposed
    ? { matrices: first, inFeatures: second, outFeatures: third }
    : { matrices: first, inFeatures: third, outFeatures: second };
}

function rankOf(
  { section, rankPattern, alphaPattern }: LoraConfig,
  name: string,
): { readonly r: number; readonly alpha: number } {
  return {
    r: patternValue('rank_pattern', rankPattern, name) ?? section.r,
    alpha: patternValue('alpha_pattern', alphaPattern, name) ?? section.lora_alpha,
  };
}

/** Adapters are float32: get_peft_model's autocast_adapter_dtype, and the trainer's recast.py. */
function tensor(name: string, shape: readonly number[]): AdapterTensor {
  return { name, dtype: 'F32', shape };
}

function adapter(target: Omit<LoraTarget, 'parameters'>, tensors: readonly AdapterTensor[]): LayerAdapter {
  return { target: { ...target, parameters: tensors.reduce((sum, { shape }) => sum + elementsOf(shape), 0) }, tensors };
}
