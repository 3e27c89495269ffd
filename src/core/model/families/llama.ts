import { activation } from './activations';
import { attentionSizes, decoderSizes } from './decoderSizes';
import { plainTensors, type Family } from './family';
import { blocks, container, embedding, linear, norm } from './module';
import { rotary } from './rotary';

/** models/llama/modeling_llama.py */
export const llama: Family = (config) => {
  const sizes = decoderSizes(config, {
    vocabSize: 32000,
    hiddenSize: 4096,
    intermediateSize: 11008,
    layers: 32,
    heads: 32,
    keyValueHeads: null,
    headDim: null,
    maxLength: 2048,
    activation: 'silu',
  });
  const { hiddenSize, intermediateSize, headDim, vocabSize } = sizes;
  const { queries, keys } = attentionSizes(sizes);
  const attentionBias = config.flag('attention_bias', false);
  const mlpBias = config.flag('mlp_bias', false);
  const layer = container('LlamaDecoderLayer', {
    self_attn: container('LlamaAttention', {
      q_proj: linear(hiddenSize, queries, attentionBias),
      k_proj: linear(hiddenSize, keys, attentionBias),
      v_proj: linear(hiddenSize, keys, attentionBias),
      o_proj: linear(queries, hiddenSize, attentionBias),
    }),
    mlp: container('LlamaMLP', {
      gate_proj: linear(hiddenSize, intermediateSize, mlpBias),
      up_proj: linear(hiddenSize, intermediateSize, mlpBias),
      down_proj: linear(intermediateSize, hiddenSize, mlpBias),
      act_fn: activation(config, 'hidden_act', 'silu'),
    }),
    input_layernorm: norm('LlamaRMSNorm', hiddenSize),
    post_attention_layernorm: norm('LlamaRMSNorm', hiddenSize),
  });
  return {
    root: container('LlamaForCausalLM', {
      model: container('LlamaModel', {
        embed_tokens: embedding(vocabSize, hiddenSize),
        layers: blocks(sizes.layers, () => layer),
        norm: norm('LlamaRMSNorm', hiddenSize),
        rotary_emb: rotary('LlamaRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
      }),
      lm_head: linear(hiddenSize, vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'model.embed_tokens',
    outputEmbeddings: 'lm_head',
    ties: config.flag('tie_word_embeddings', false) ? { 'lm_head.weight': 'model.embed_tokens.weight' } : {},
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: plainTensors('model'),
  };
};
