import { LLAMA, llamaLike } from './llama';
import { norm } from './module';

/** models/seed_oss/modeling_seed_oss.py */
export const seedOss = llamaLike({
  prefix: 'SeedOss',
  defaults: {
    ...LLAMA,
    vocabSize: 155136,
    intermediateSize: 27648,
    layers: 64,
    heads: 80,
    keyValueHeads: 8,
    headDim: 128,
    maxLength: 524288,
  },
  tied: false,
  biases: (config) => ({
    qkv: config.flag('attention_bias', true),
    out: config.flag('attention_out_bias', false),
    mlp: config.flag('mlp_bias', false),
  }),
  divides: false,
});

/** models/ernie4_5/modeling_ernie4_5.py */
export const ernie45 = llamaLike({
  prefix: 'Ernie4_5',
  defaults: {
    ...LLAMA,
    vocabSize: 103424,
    hiddenSize: 1024,
    intermediateSize: 3072,
    layers: 18,
    heads: 16,
    keyValueHeads: 2,
    headDim: 128,
    maxLength: 131072,
  },
  tied: true,
  biases: (config) => {
    const bias = config.flag('use_bias', false);
    return { qkv: bias, out: bias, mlp: bias };
  },
  divides: false,
});

/** models/hunyuan_v1_dense/modeling_hunyuan_v1_dense.py: norms of each head's queries and keys. */
export const hunyuanV1Dense = llamaLike({
  prefix: 'HunYuanDenseV1',
  defaults: { ...LLAMA, vocabSize: 290943 },
  tied: false,
  biases: (config) => {
    const bias = config.flag('attention_bias', false);
    return { qkv: bias, out: bias, mlp: false };
  },
  headNorms: (prefix, { headDim }) => ({
    query_layernorm: norm(`${prefix}RMSNorm`, headDim),
    key_layernorm: norm(`${prefix}RMSNorm`, headDim),
  }),
  divides: false,
});
