import { message } from '../../../common/message';
import { isPlainObject } from '../../../protocol/shape';
import type { ConfigReader } from '../configReader';
import { leaf, type BufferShape, type ModuleNode } from './module';

/** ROPE_INIT_FUNCTIONS of transformers 5.18.0 (modeling_rope_utils.py), and the class' own "default". */
const ROPE_TYPES = new Set<unknown>(['default', 'linear', 'dynamic', 'yarn', 'longrope', 'llama3', 'proportional']);

export interface RotaryRules {
  readonly headDim: number;
  /** Whether the class' own compute_default_rope_parameters takes partial_rotary_factor; all other types do. */
  readonly partialDefault: boolean;
  /** partial_rotary_factor of the config class, where config.json says nothing. */
  readonly partial: number;
}

/** A module with inv_freq and original_inv_freq, such as LlamaRotaryEmbedding: float32 in whatever dtype the model is. */
export function rotary(type: string, config: ConfigReader, rules: RotaryRules): ModuleNode {
  const buffer = inverseFrequencies(config, ropeParameters(config), rules);
  return leaf(type, { buffers: { inv_freq: buffer, original_inv_freq: buffer } });
}

/** rope_parameters after convert_rope_params_to_dict: rope_scaling of older files comes first. */
export function ropeParameters(config: ConfigReader): Readonly<Record<string, unknown>> {
  for (const key of ['rope_scaling', 'rope_parameters']) {
    const value = config.raw(key);
    if (isPlainObject(value) && Object.keys(value).length > 0) return value;
  }
  return {};
}

/** Shape of the frequencies of one kind of layer. `parameters`: of that kind of layer. */
export function inverseFrequencies(
  config: ConfigReader,
  parameters: Readonly<Record<string, unknown>>,
  { headDim, partialDefault, partial }: RotaryRules,
): BufferShape {
  const type = parameters['rope_type'] ?? parameters['type'] ?? 'default';
  if (!ROPE_TYPES.has(type)) {
    const key = config.has('rope_scaling') ? 'rope_scaling' : 'rope_parameters';
    config.wrong(key, (...at) =>
      message('{0}, line {1}: "{2}" is {3}, with a rope_type that transformers doesn’t have.', ...at),
    );
  }
  if (type === 'proportional') return { shape: [Math.floor(headDim / 2)], dtype: 'float32' };
  const factor = parameters['partial_rotary_factor'] ?? config.number('partial_rotary_factor', partial);
  const rotated =
    typeof factor === 'number' && (type !== 'default' || partialDefault) ? Math.trunc(headDim * factor) : headDim;
  // torch.arange(0, dim, 2)
  return { shape: [Math.max(0, Math.ceil(rotated / 2))], dtype: 'float32' };
}
