import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { attention, causalLM, gatedMlp, llamaLayer, mustDivide } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { layerTypes, slidingBut } from './layerTypes';
import { container, embedding, leaf, norm, type ModuleNode } from './module';
import { rotary } from './rotary';

const GEMMA: SizeDefaults = {
  vocabSize: 256000,
  hiddenSize: 3072,
  intermediateSize: 24576,
  layers: 28,
  heads: 16,
  keyValueHeads: 16,
  headDim: 256,
  maxLength: 8192,
  activation: 'gelu_pytorch_tanh',
};
export const GEMMA2: SizeDefaults = {
  ...GEMMA,
  hiddenSize: 2304,
  intermediateSize: 9216,
  layers: 26,
  heads: 8,
  keyValueHeads: 4,
  activationKey: 'hidden_activation',
};

/** <prefix>TextScaledWordEmbedding: embed_scale is made by torch.tensor(float), in the dtype of the model. */
export function scaledEmbedding(prefix: string, { vocabSize, hiddenSize }: ModelSizes): ModuleNode {
  return embedding(vocabSize, hiddenSize, `${prefix}TextScaledWordEmbedding`, {
    buffers: { embed_scale: { shape: [], dtype: null } },
  });
}

/** A layer of Gemma 2 and 3: a norm before and after both attention and MLP. */
export function gemmaLayer(prefix: string, hiddenSize: number, selfAttention: ModuleNode, mlp: ModuleNode): ModuleNode {
  const rmsNorm = norm(`${prefix}RMSNorm`, hiddenSize);
  return container(`${prefix}DecoderLayer`, {
    self_attn: selfAttention,
    mlp,
    input_layernorm: rmsNorm,
    post_attention_layernorm: rmsNorm,
    pre_feedforward_layernorm: rmsNorm,
    post_feedforward_layernorm: rmsNorm,
  });
}

/** models/gemma/modeling_gemma.py */
export const gemma: Family = (config) => {
  const read = decoderSizes(config, GEMMA);
  // GemmaConfig.__post_init__: "gelu" of the first published files means its approximation.
  const legacy = read.activation === 'gelu';
  const sizes = legacy ? { ...read, activation: 'gelu_pytorch_tanh' } : read;
  const act = legacy ? leaf('GELUTanh') : activation(config, 'hidden_act', sizes.activation);
  const { hiddenSize, intermediateSize } = sizes;
  const layer = llamaLayer(
    'Gemma',
    hiddenSize,
    gemmaAttention('Gemma', config, sizes),
    gatedMlp('GemmaMLP', hiddenSize, intermediateSize, act),
  );
  return causalLM('Gemma', config, sizes, {
    layer: () => layer,
    norm: norm('GemmaRMSNorm', hiddenSize),
    rotary: gemmaRotary('Gemma', config, sizes),
    embedding: scaledEmbedding('Gemma', sizes),
    tied: true,
  });
};

/** models/gemma2/modeling_gemma2.py */
export const gemma2: Family = (config) => {
  const sizes = decoderSizes(config, GEMMA2);
  mustDivide(config, sizes);
  const { hiddenSize, intermediateSize } = sizes;
  const act = activation(config, 'hidden_activation', sizes.activation);
  const layer = gemmaLayer(
    'Gemma2',
    hiddenSize,
    gemmaAttention('Gemma2', config, sizes),
    gatedMlp('Gemma2MLP', hiddenSize, intermediateSize, act),
  );
  return causalLM('Gemma2', config, sizes, {
    layer: () => layer,
    norm: norm('Gemma2RMSNorm', hiddenSize),
    rotary: gemmaRotary('Gemma2', config, sizes),
    embedding: scaledEmbedding('Gemma2', sizes),
    tied: true,
    layerTypes: layerTypes(config, sizes.layers, slidingBut(2)),
  });
};

function gemmaAttention(prefix: string, config: ConfigReader, sizes: ModelSizes): ModuleNode {
  const bias = config.flag('attention_bias', false);
  return attention(`${prefix}Attention`, sizes, { qkv: bias, out: bias });
}

function gemmaRotary(prefix: string, config: ConfigReader, { headDim }: ModelSizes): ModuleNode {
  return rotary(`${prefix}RotaryEmbedding`, config, { headDim, partialDefault: false, partial: 1 });
}
