import { activation } from './activations';
import { mustDivide, tiedHead } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family, FamilyModel } from './family';
import { blocks, container, conv1d, embedding, layerNorm, leaf, linear, type ModuleNode } from './module';
import type { ConfigReader } from '../configReader';
import type { ModelSizes } from '../../../protocol/model';

const GPT2: SizeDefaults = {
  vocabSize: 50257,
  hiddenSize: 768,
  intermediateSize: 3072,
  layers: 12,
  heads: 12,
  keyValueHeads: null,
  headDim: null,
  maxLength: 1024,
  activation: 'gelu_new',
  activationKey: 'activation_function',
};

/** attribute_map of GPT2Config, read the other way round. */
export const GPT2_NAMES: Readonly<Record<string, string>> = {
  n_embd: 'hidden_size',
  n_positions: 'max_position_embeddings',
  n_head: 'num_attention_heads',
  n_layer: 'num_hidden_layers',
  n_inner: 'intermediate_size',
};

/** The sizes under GPT-2's names. n_inner: null is four times the width. */
export function gpt2Sizes(written: ConfigReader, defaults: SizeDefaults): [ConfigReader, ModelSizes] {
  const config = written.aliased(GPT2_NAMES);
  const inner = written.raw('n_inner') ?? null;
  const intermediateSize = inner === null ? 4 * config.size('hidden_size', defaults.hiddenSize) : 0;
  const read = decoderSizes(inner === null ? config.with({ intermediate_size: intermediateSize }) : config, defaults);
  const sizes = { ...read, keyValueHeads: read.heads };
  mustDivide(config, sizes);
  return [config, sizes];
}

/** models/gpt2/modeling_gpt2.py: Conv1D in place of Linear. */
export const gpt2: Family = (written): FamilyModel => {
  const [config, sizes] = gpt2Sizes(written, GPT2);
  const { hiddenSize, intermediateSize, vocabSize } = sizes;
  const crosses = config.flag('add_cross_attention', false);
  const block = container('GPT2Block', {
    ln_1: layerNorm(hiddenSize),
    attn: gpt2Attention(hiddenSize, false),
    ln_2: layerNorm(hiddenSize),
    crossattention: crosses ? gpt2Attention(hiddenSize, true) : null,
    ln_cross_attn: crosses ? layerNorm(hiddenSize) : null,
    mlp: container('GPT2MLP', {
      c_fc: conv1d(hiddenSize, intermediateSize),
      c_proj: conv1d(intermediateSize, hiddenSize),
      act: activation(config, 'activation_function', sizes.activation),
      dropout: leaf('Dropout'),
    }),
  });
  return {
    root: container('GPT2LMHeadModel', {
      transformer: container('GPT2Model', {
        wte: embedding(vocabSize, hiddenSize),
        wpe: embedding(sizes.maxLength ?? 1, hiddenSize),
        drop: leaf('Dropout'),
        h: blocks(sizes.layers, () => block),
        ln_f: layerNorm(hiddenSize),
      }),
      lm_head: linear(hiddenSize, vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'transformer.wte',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, true, 'transformer.wte.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: { prefix: 'transformer', ignored: [/attn.bias/, /crossattention.bias/], renamed: [], converted: [] },
  };
};

function gpt2Attention(hiddenSize: number, crosses: boolean): ModuleNode {
  return container('GPT2Attention', {
    c_attn: conv1d(hiddenSize, (crosses ? 2 : 3) * hiddenSize),
    q_attn: crosses ? conv1d(hiddenSize, hiddenSize) : null,
    c_proj: conv1d(hiddenSize, hiddenSize),
    attn_dropout: leaf('Dropout'),
    resid_dropout: leaf('Dropout'),
  });
}
