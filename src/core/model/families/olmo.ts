import { attention, causalLM, gatedMlp, hiddenAct } from './decoder';
import { attentionSizes, decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { container, leaf, norm } from './module';
import { rotary } from './rotary';

const OLMO: SizeDefaults = {
  vocabSize: 50304,
  hiddenSize: 4096,
  intermediateSize: 11008,
  layers: 32,
  heads: 32,
  keyValueHeads: null,
  headDim: null,
  maxLength: 2048,
  activation: 'silu',
};

/** models/olmo/modeling_olmo.py: its norms have no weights. */
export const olmo: Family = (config) => {
  const sizes = decoderSizes(config, OLMO);
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const bias = config.flag('attention_bias', false);
  const layer = container('OlmoDecoderLayer', {
    self_attn: attention('OlmoAttention', sizes, { qkv: bias, out: bias }),
    mlp: gatedMlp('OlmoMLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
    input_layernorm: leaf('OlmoLayerNorm'),
    post_attention_layernorm: leaf('OlmoLayerNorm'),
  });
  return causalLM('Olmo', config, sizes, {
    layer: () => layer,
    norm: leaf('OlmoLayerNorm'),
    rotary: rotary('OlmoRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
};

/** models/olmo2/modeling_olmo2.py: norms of all queries and all keys, and after attention and MLP instead of before. */
export const olmo2: Family = (config) => {
  const sizes = decoderSizes(config, OLMO);
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const { queries, keys } = attentionSizes(sizes);
  const bias = config.flag('attention_bias', false);
  const layer = container('Olmo2DecoderLayer', {
    self_attn: attention(
      'Olmo2Attention',
      sizes,
      { qkv: bias, out: bias },
      { q_norm: norm('Olmo2RMSNorm', queries), k_norm: norm('Olmo2RMSNorm', keys) },
    ),
    mlp: gatedMlp('Olmo2MLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
    post_attention_layernorm: norm('Olmo2RMSNorm', hiddenSize),
    post_feedforward_layernorm: norm('Olmo2RMSNorm', hiddenSize),
  });
  return causalLM('Olmo2', config, sizes, {
    layer: () => layer,
    norm: norm('Olmo2RMSNorm', hiddenSize),
    rotary: rotary('Olmo2RotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
};
