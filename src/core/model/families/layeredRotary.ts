import { isPlainObject } from '../../../protocol/shape';
import type { ConfigReader } from '../configReader';
import { leaf, type BufferShape, type ModuleNode } from './module';
import { inverseFrequencies } from './rotary';

/**
 * Gemma3RotaryEmbedding and Olmo3RotaryEmbedding: frequencies for each kind of layer that there is, in the order of their
 * names. `types`: of all layers.
 */
export function layeredRotary(
  type: string,
  config: ConfigReader,
  headDim: number,
  types: readonly string[],
): ModuleNode {
  const buffers: Record<string, BufferShape> = {};
  for (const kind of [...new Set(types)].sort()) {
    const rules = { headDim, partialDefault: false, partial: 1 };
    const shape = inverseFrequencies(config, ropeParametersOf(config, kind), rules);
    buffers[`${kind}_inv_freq`] = shape;
    buffers[`${kind}_original_inv_freq`] = shape;
  }
  return leaf(type, { buffers });
}

/** convert_rope_params_to_dict of both config classes: rope_scaling of older files is for full attention alone. */
function ropeParametersOf(config: ConfigReader, kind: string): Readonly<Record<string, unknown>> {
  const all = config.raw('rope_parameters');
  const own = isPlainObject(all) && isPlainObject(all[kind]) ? all[kind] : {};
  const scaling = config.raw('rope_scaling');
  return kind === 'full_attention' && isPlainObject(scaling) ? { ...own, ...scaling } : own;
}
