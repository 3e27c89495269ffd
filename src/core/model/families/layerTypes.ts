import { message } from '../../../common/message';
import type { ConfigReader } from '../configReader';

/** _LEGACY_LAYER_TYPE_REMAP of transformers 5.18.0 (configuration_utils.py). */
const OLDER: Readonly<Record<string, string>> = {
  mamba: 'linear_attention',
  attention: 'full_attention',
  deepseek_sparse_attention: 'indexed_attention',
  qwen_sparse_attention: 'indexed_attention',
};

/** layer_types of a config, one for each layer; `usual`: what the config class makes of a file without. */
export function layerTypes(config: ConfigReader, layers: number, usual: (index: number) => string): readonly string[] {
  const listed = config.texts('layer_types');
  if (listed === null) return Array.from({ length: layers }, (_, index) => usual(index));
  if (listed.length !== layers) {
    config.wrong('layer_types', (file, line, path) =>
      message('{0}, line {1}: "{2}" has {3} entries for {4} layers.', file, line, path, listed.length, layers),
    );
    return Array.from({ length: layers }, (_, index) => usual(index));
  }
  return listed.map((type) => (Object.hasOwn(OLDER, type) ? (OLDER[type] ?? type) : type));
}

/** Every `pattern`th layer sees everything, the others a window. */
export function slidingBut(pattern: number): (index: number) => string {
  return (index) => ((index + 1) % pattern === 0 ? 'full_attention' : 'sliding_attention');
}
