import type { ConfigReader } from '../configReader';
import { attention, causalLM, gatedMlp, hiddenAct, llamaLayer } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { layerTypes } from './layerTypes';
import { norm } from './module';
import { rotary } from './rotary';

const QWEN2: SizeDefaults = {
  vocabSize: 151936,
  hiddenSize: 4096,
  intermediateSize: 22016,
  layers: 32,
  heads: 32,
  keyValueHeads: 32,
  headDim: null,
  maxLength: 32768,
  activation: 'silu',
};

/** models/qwen2/modeling_qwen2.py: q, k and v always with a bias, o without. */
export const qwen2: Family = (config) => {
  const sizes = decoderSizes(config, QWEN2);
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const layer = llamaLayer(
    'Qwen2',
    hiddenSize,
    attention('Qwen2Attention', sizes, { qkv: true, out: false }),
    gatedMlp('Qwen2MLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
  );
  return causalLM('Qwen2', config, sizes, {
    layer: () => layer,
    norm: norm('Qwen2RMSNorm', hiddenSize),
    rotary: rotary('Qwen2RotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
    layerTypes: windowed(config, sizes.layers),
  });
};

/** models/qwen3/modeling_qwen3.py: norms of each head's queries and keys. */
export const qwen3: Family = (config) => {
  const sizes = decoderSizes(config, { ...QWEN2, headDim: 128 });
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const bias = config.flag('attention_bias', false);
  const headNorm = norm('Qwen3RMSNorm', headDim);
  const layer = llamaLayer(
    'Qwen3',
    hiddenSize,
    attention('Qwen3Attention', sizes, { qkv: bias, out: bias }, { q_norm: headNorm, k_norm: headNorm }),
    gatedMlp('Qwen3MLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
  );
  return causalLM('Qwen3', config, sizes, {
    layer: () => layer,
    norm: norm('Qwen3RMSNorm', hiddenSize),
    rotary: rotary('Qwen3RotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
    layerTypes: windowed(config, sizes.layers),
  });
};

/** Qwen2Config and Qwen3Config: layers from max_window_layers on see a window, if use_sliding_window says so. */
function windowed(config: ConfigReader, layers: number): readonly string[] {
  const slides = config.flag('use_sliding_window', false) && config.raw('sliding_window') !== null;
  const first = config.number('max_window_layers', 28);
  return layerTypes(config, layers, (index) => (slides && index >= first ? 'sliding_attention' : 'full_attention'));
}
