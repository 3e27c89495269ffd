import { hiddenAct, tiedHead } from './decoder';
import { attentionSizes, decoderSizes, wholeHeads } from './decoderSizes';
import { plainTensors, type Family } from './family';
import { blocks, container, embedding, layerNorm, leaf, linear } from './module';
import { rotary } from './rotary';

/** models/phi/modeling_phi.py: Phi-1, Phi-1.5 and Phi-2; biases everywhere, in lm_head too. */
export const phi: Family = (config) => {
  const sizes = decoderSizes(config, {
    vocabSize: 51200,
    hiddenSize: 2048,
    intermediateSize: 8192,
    layers: 24,
    heads: 32,
    keyValueHeads: null,
    headDim: null,
    maxLength: 2048,
    activation: 'gelu_new',
  });
  const { hiddenSize, intermediateSize, vocabSize } = sizes;
  const { queries, keys } = attentionSizes(sizes);
  const headNorm = config.flag('qk_layernorm', false) ? layerNorm(wholeHeads(config, hiddenSize, sizes.heads)) : null;
  const layer = container('PhiDecoderLayer', {
    self_attn: container('PhiAttention', {
      q_proj: linear(hiddenSize, queries, true),
      k_proj: linear(hiddenSize, keys, true),
      v_proj: linear(hiddenSize, keys, true),
      dense: linear(queries, hiddenSize, true),
      q_layernorm: headNorm,
      k_layernorm: headNorm,
    }),
    mlp: container('PhiMLP', {
      activation_fn: hiddenAct(config, sizes),
      fc1: linear(hiddenSize, intermediateSize, true),
      fc2: linear(intermediateSize, hiddenSize, true),
    }),
    input_layernorm: layerNorm(hiddenSize),
    resid_dropout: leaf('Dropout'),
  });
  return {
    root: container('PhiForCausalLM', {
      model: container('PhiModel', {
        embed_tokens: embedding(vocabSize, hiddenSize),
        layers: blocks(sizes.layers, () => layer),
        rotary_emb: rotary('PhiRotaryEmbedding', config, {
          headDim: sizes.headDim,
          partialDefault: true,
          partial: 0.5,
        }),
        embed_dropout: leaf('Dropout'),
        final_layernorm: layerNorm(hiddenSize),
      }),
      lm_head: linear(hiddenSize, vocabSize, true),
    }),
    sizes,
    inputEmbeddings: 'model.embed_tokens',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, false, 'model.embed_tokens.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: plainTensors('model'),
  };
};
