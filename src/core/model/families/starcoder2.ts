import { attention, causalLM, hiddenAct } from './decoder';
import { decoderSizes } from './decoderSizes';
import type { Family } from './family';
import { container, layerNorm, linear } from './module';
import { rotary } from './rotary';

/** models/starcoder2/modeling_starcoder2.py */
export const starcoder2: Family = (config) => {
  const sizes = decoderSizes(config, {
    vocabSize: 49152,
    hiddenSize: 3072,
    intermediateSize: 12288,
    layers: 30,
    heads: 24,
    keyValueHeads: 2,
    headDim: null,
    maxLength: 4096,
    activation: 'gelu_pytorch_tanh',
  });
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const bias = config.flag('use_bias', true);
  const layer = container('Starcoder2DecoderLayer', {
    self_attn: attention('Starcoder2Attention', sizes, { qkv: bias, out: bias }),
    mlp: container('Starcoder2MLP', {
      c_fc: linear(hiddenSize, intermediateSize, bias),
      c_proj: linear(intermediateSize, hiddenSize, bias),
      act: hiddenAct(config, sizes),
    }),
    input_layernorm: layerNorm(hiddenSize),
    post_attention_layernorm: layerNorm(hiddenSize),
  });
  return causalLM('Starcoder2', config, sizes, {
    layer: () => layer,
    norm: layerNorm(hiddenSize),
    rotary: rotary('Starcoder2RotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: true,
  });
};
