import { attentionSizes, decoderSizes } from './decoderSizes';
import { causalLM, fusedMlp, hiddenAct } from './decoder';
import type { Family } from './family';
import { container, leaf, linear, norm } from './module';
import { rotary } from './rotary';

/** models/phi3/modeling_phi3.py: of Phi-3, Phi-3.5 and Phi-4. */
export const phi3: Family = (config) => {
  const sizes = decoderSizes(config, {
    vocabSize: 32064,
    hiddenSize: 3072,
    intermediateSize: 8192,
    layers: 32,
    heads: 32,
    keyValueHeads: null,
    headDim: null,
    maxLength: 4096,
    activation: 'silu',
  });
  const { hiddenSize, headDim } = sizes;
  const { queries, keys } = attentionSizes(sizes);
  const layer = container('Phi3DecoderLayer', {
    self_attn: container('Phi3Attention', {
      o_proj: linear(queries, hiddenSize, false),
      qkv_proj: linear(hiddenSize, queries + 2 * keys, false),
    }),
    mlp: fusedMlp('Phi3MLP', sizes, hiddenAct(config, sizes)),
    input_layernorm: norm('Phi3RMSNorm', hiddenSize),
    post_attention_layernorm: norm('Phi3RMSNorm', hiddenSize),
    resid_attn_dropout: leaf('Dropout'),
    resid_mlp_dropout: leaf('Dropout'),
  });
  return causalLM('Phi3', config, sizes, {
    layer: () => layer,
    norm: norm('Phi3RMSNorm', hiddenSize),
    rotary: rotary('Phi3RotaryEmbedding', config, { headDim, partialDefault: true, partial: 1 }),
    tied: false,
  });
};
