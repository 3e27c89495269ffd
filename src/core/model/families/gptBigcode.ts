import { activation } from './activations';
import { tiedHead } from './decoder';
import type { Family } from './family';
import { plainTensors } from './family';
import { gpt2Sizes } from './gpt2';
import { blocks, container, embedding, layerNorm, leaf, linear, type ModuleNode } from './module';

/** models/gpt_bigcode/modeling_gpt_bigcode.py: StarCoder. Its causal mask is a buffer of max_position_embeddings squared. */
export const gptBigcode: Family = (written) => {
  const multiQuery = written.flag('multi_query', true);
  const [config, read] = gpt2Sizes(written, {
    vocabSize: 50257,
    hiddenSize: 768,
    intermediateSize: 3072,
    layers: 12,
    heads: 12,
    keyValueHeads: null,
    headDim: null,
    maxLength: 1024,
    activation: 'gelu_pytorch_tanh',
    activationKey: 'activation_function',
  });
  const sizes = { ...read, keyValueHeads: multiQuery ? 1 : read.heads };
  const { hiddenSize, intermediateSize, vocabSize, headDim } = sizes;
  const positions = sizes.maxLength ?? 1;
  const crosses = config.flag('add_cross_attention', false) && !multiQuery;
  const attention = (cross: boolean): ModuleNode =>
    container('GPTBigCodeAttention', {
      c_attn: linear(hiddenSize, cross ? 2 * hiddenSize : hiddenSize + 2 * sizes.keyValueHeads * headDim, true),
      q_attn: cross ? linear(hiddenSize, hiddenSize, true) : null,
      c_proj: linear(hiddenSize, hiddenSize, true),
      resid_dropout: leaf('Dropout'),
    });
  const block = container('GPTBigCodeBlock', {
    ln_1: layerNorm(hiddenSize),
    attn: attention(false),
    ln_2: layerNorm(hiddenSize),
    crossattention: crosses ? attention(true) : null,
    ln_cross_attn: crosses ? layerNorm(hiddenSize) : null,
    mlp: container('GPTBigCodeMLP', {
      c_fc: linear(hiddenSize, intermediateSize, true),
      c_proj: linear(intermediateSize, hiddenSize, true),
      act: activation(config, 'activation_function', sizes.activation),
      dropout: leaf('Dropout'),
    }),
  });
  return {
    root: container('GPTBigCodeForCausalLM', {
      transformer: container(
        'GPTBigCodeModel',
        {
          wte: embedding(vocabSize, hiddenSize),
          wpe: embedding(positions, hiddenSize),
          drop: leaf('Dropout'),
          h: blocks(sizes.layers, () => block),
          ln_f: layerNorm(hiddenSize),
        },
        { buffers: { bias: { shape: [positions, positions], dtype: 'bool' } } },
      ),
      lm_head: linear(hiddenSize, vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'transformer.wte',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, true, 'transformer.wte.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: plainTensors('transformer'),
  };
};
