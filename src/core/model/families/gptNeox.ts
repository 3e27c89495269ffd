import { hiddenAct, mustDivide, tiedHead } from './decoder';
import { decoderSizes } from './decoderSizes';
import type { Family } from './family';
import { blocks, container, embedding, layerNorm, leaf, linear } from './module';
import { rotary } from './rotary';

/** models/gpt_neox/modeling_gpt_neox.py: of Pythia, too. */
export const gptNeox: Family = (config) => {
  const sizes = decoderSizes(config, {
    vocabSize: 50432,
    hiddenSize: 6144,
    intermediateSize: 24576,
    layers: 44,
    heads: 64,
    keyValueHeads: null,
    headDim: null,
    maxLength: 2048,
    activation: 'gelu',
  });
  mustDivide(config, sizes);
  const { hiddenSize, intermediateSize, vocabSize, headDim } = sizes;
  const bias = config.flag('attention_bias', true);
  const layer = container('GPTNeoXLayer', {
    input_layernorm: layerNorm(hiddenSize),
    post_attention_layernorm: layerNorm(hiddenSize),
    post_attention_dropout: leaf('Dropout'),
    post_mlp_dropout: leaf('Dropout'),
    attention: container('GPTNeoXAttention', {
      query_key_value: linear(hiddenSize, 3 * hiddenSize, bias),
      dense: linear(hiddenSize, hiddenSize, bias),
    }),
    mlp: container('GPTNeoXMLP', {
      dense_h_to_4h: linear(hiddenSize, intermediateSize, true),
      dense_4h_to_h: linear(intermediateSize, hiddenSize, true),
      act: hiddenAct(config, sizes),
    }),
  });
  // GPTNeoXConfig.convert_rope_params_to_dict: rotary_pct is what others call partial_rotary_factor.
  const ofRotary = config.with({ partial_rotary_factor: config.number('rotary_pct', 0.25) });
  return {
    root: container('GPTNeoXForCausalLM', {
      gpt_neox: container('GPTNeoXModel', {
        embed_in: embedding(vocabSize, hiddenSize),
        emb_dropout: leaf('Dropout'),
        layers: blocks(sizes.layers, () => layer),
        final_layer_norm: layerNorm(hiddenSize),
        rotary_emb: rotary('GPTNeoXRotaryEmbedding', ofRotary, { headDim, partialDefault: true, partial: 0.25 }),
      }),
      lm_head: linear(hiddenSize, vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'gpt_neox.embed_in',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, false, 'gpt_neox.embed_in.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: {
      prefix: 'gpt_neox',
      ignored: [/attention.bias/, /attention.masked_bias/],
      renamed: [[/^embed_out\./, 'lm_head.']],
      converted: [],
    },
  };
};
