import { activation } from './activations';
import { mustDivide, tiedHead } from './decoder';
import { decoderSizes } from './decoderSizes';
import { plainTensors, type Family } from './family';
import { blocks, container, embedding, layerNorm, leaf, linear, type ModuleNode } from './module';

/** models/opt/modeling_opt.py */
export const opt: Family = (written) => {
  const config = written.with({ intermediate_size: written.size('ffn_dim', 3072) });
  const sizes = decoderSizes(config, {
    vocabSize: 50272,
    hiddenSize: 768,
    intermediateSize: 3072,
    layers: 12,
    heads: 12,
    keyValueHeads: null,
    headDim: null,
    maxLength: 2048,
    activation: 'relu',
    activationKey: 'activation_function',
  });
  mustDivide(config, sizes);
  const { hiddenSize, intermediateSize, vocabSize } = sizes;
  const embedded = config.sizeOrNull('word_embed_proj_dim') ?? hiddenSize;
  const bias = config.flag('enable_bias', true);
  const normed: ModuleNode = config.flag('layer_norm_elementwise_affine', true)
    ? layerNorm(hiddenSize)
    : leaf('LayerNorm');
  const endsNormed = config.flag('do_layer_norm_before', true) && !config.flag('_remove_final_layer_norm', false);
  const square = linear(hiddenSize, hiddenSize, bias);
  const layer = container('OPTDecoderLayer', {
    self_attn: container('OPTAttention', { k_proj: square, v_proj: square, q_proj: square, out_proj: square }),
    activation_fn: activation(config, 'activation_function', sizes.activation),
    self_attn_layer_norm: normed,
    fc1: linear(hiddenSize, intermediateSize, bias),
    fc2: linear(intermediateSize, hiddenSize, bias),
    final_layer_norm: normed,
  });
  const projects = embedded !== hiddenSize;
  return {
    root: container('OPTForCausalLM', {
      model: container('OPTModel', {
        decoder: container('OPTDecoder', {
          embed_tokens: embedding(vocabSize, embedded),
          // OPTLearnedPositionalEmbedding.offset
          embed_positions: embedding((sizes.maxLength ?? 1) + 2, hiddenSize, 'OPTLearnedPositionalEmbedding'),
          project_out: projects ? linear(hiddenSize, embedded, false) : null,
          project_in: projects ? linear(embedded, hiddenSize, false) : null,
          final_layer_norm: endsNormed ? normed : null,
          layers: blocks(sizes.layers, () => layer),
        }),
      }),
      lm_head: linear(embedded, vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'model.decoder.embed_tokens',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, true, 'model.decoder.embed_tokens.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    tensors: plainTensors('model'),
  };
};
