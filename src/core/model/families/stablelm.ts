import type { ModelSizes } from '../../../protocol/model';
import { attention, causalLM, gatedMlp, hiddenAct, mustDivide } from './decoder';
import { decoderSizes, wholeHeads } from './decoderSizes';
import type { Family } from './family';
import { container, layerNorm, leaf, moduleList, type ModuleNode } from './module';
import { rotary } from './rotary';

/** models/stablelm/modeling_stablelm.py */
export const stablelm: Family = (config) => {
  const read = decoderSizes(config, {
    vocabSize: 50304,
    hiddenSize: 2560,
    intermediateSize: 6912,
    layers: 32,
    heads: 32,
    keyValueHeads: 32,
    headDim: null,
    maxLength: 4096,
    activation: 'silu',
  });
  // StableLmAttention has no head_dim of its own.
  const sizes: ModelSizes = { ...read, headDim: wholeHeads(config, read.hiddenSize, read.heads) };
  mustDivide(config, sizes);
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const normalized = config.flag('qk_layernorm', false);
  const layer = container('StableLmDecoderLayer', {
    self_attn: attention(
      'StableLmAttention',
      sizes,
      { qkv: config.flag('use_qkv_bias', false), out: false },
      {
        q_layernorm: normalized ? perHead(config.count('num_attention_heads', 32), headDim) : null,
        k_layernorm: normalized ? perHead(config.count('num_key_value_heads', 32), headDim) : null,
      },
    ),
    mlp: gatedMlp('StableLmMLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
    input_layernorm: layerNorm(hiddenSize),
    post_attention_layernorm: config.flag('use_parallel_residual', false) ? null : layerNorm(hiddenSize),
    dropout: leaf('Dropout'),
  });
  return causalLM('StableLm', config, sizes, {
    layer: () => layer,
    norm: layerNorm(hiddenSize),
    rotary: rotary('StableLmRotaryEmbedding', config, { headDim: read.headDim, partialDefault: true, partial: 0.25 }),
    tied: false,
  });
};

function perHead(heads: number, headDim: number): ModuleNode {
  const one = layerNorm(headDim, false);
  return container('StableLmLayerNormPerHead', { norms: moduleList(Array.from({ length: heads }, () => one)) });
}
