import { activation } from './activations';
import { mustDivide, tiedHead } from './decoder';
import { decoderSizes, wholeHeads } from './decoderSizes';
import { plainTensors, type Family } from './family';
import { blocks, container, embedding, layerNorm, leaf, linear, type ModuleNode } from './module';
import { rotary } from './rotary';

/** models/falcon/modeling_falcon.py: its layers are a class made of nn.Linear, which bitsandbytes leaves alone. */
export const falcon: Family = (written) => {
  const named = written.aliased({ n_embed: 'hidden_size' });
  const hiddenSize = named.size('hidden_size', 4544);
  const inner = named.sizeOrNull('ffn_hidden_size') ?? 4 * hiddenSize;
  const config = named.with({ intermediate_size: inner, num_key_value_heads: named.sizeOrNull('num_kv_heads') });
  const read = decoderSizes(config, {
    vocabSize: 65024,
    hiddenSize: 4544,
    intermediateSize: inner,
    layers: 32,
    heads: 71,
    keyValueHeads: null,
    headDim: null,
    maxLength: 2048,
    activation: 'gelu',
    activationKey: 'activation',
  });
  const headDim = wholeHeads(config, hiddenSize, read.heads);
  const newer = config.flag('new_decoder_architecture', false);
  const multiQuery = config.flag('multi_query', true);
  const sizes = { ...read, headDim, keyValueHeads: newer || !multiQuery ? read.keyValueHeads : 1 };
  mustDivide(config, sizes);
  const bias = config.flag('bias', false);
  const layer = container('FalconDecoderLayer', {
    self_attention: container('FalconAttention', {
      query_key_value: falconLinear(hiddenSize, outputs(), bias),
      dense: falconLinear(hiddenSize, hiddenSize, bias),
      attention_dropout: leaf('Dropout'),
    }),
    mlp: container('FalconMLP', {
      dense_h_to_4h: falconLinear(hiddenSize, inner, bias),
      act: activation(config, 'activation', 'gelu'),
      dense_4h_to_h: falconLinear(inner, hiddenSize, bias),
    }),
    ...norms(),
  });
  return {
    root: container('FalconForCausalLM', {
      transformer: container('FalconModel', {
        word_embeddings: embedding(sizes.vocabSize, hiddenSize),
        h: blocks(sizes.layers, () => layer),
        ln_f: layerNorm(hiddenSize),
        rotary_emb: rotary('FalconRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
      }),
      lm_head: linear(hiddenSize, sizes.vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'transformer.word_embeddings',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, true, 'transformer.word_embeddings.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: plainTensors('transformer'),
  };

  function outputs(): number {
    if (newer) return (read.keyValueHeads * 2 + read.heads) * headDim;
    return multiQuery ? hiddenSize + 2 * headDim : 3 * hiddenSize;
  }

  function norms(): Readonly<Record<string, ModuleNode>> {
    const one = layerNorm(hiddenSize);
    if (!config.flag('parallel_attn', true)) return { post_attention_layernorm: one, input_layernorm: one };
    const count = config.sizeOrNull('num_ln_in_parallel_attn') ?? (newer ? 2 : 1);
    return count === 2 ? { ln_attn: one, ln_mlp: one } : { input_layernorm: one };
  }
};

function falconLinear(inFeatures: number, outFeatures: number, bias: boolean): ModuleNode {
  return leaf('FalconLinear', { parameters: linear(inFeatures, outFeatures, bias).parameters });
}
