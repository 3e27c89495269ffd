import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import { attention, causalLM, gatedMlp, hiddenAct, type DecoderParts } from './decoder';
import { attentionSizes, decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family, FamilyModel } from './family';
import { layeredRotary } from './layeredRotary';
import { layerTypes, slidingBut } from './layerTypes';
import { container, leaf, norm } from './module';
import { rotary } from './rotary';

const OLMO: SizeDefaults = {
  vocabSize: 50304,
  hiddenSize: 4096,
  intermediateSize: 11008,
  layers: 32,
  heads: 32,
  keyValueHeads: null,
  headDim: null,
  maxLength: 2048,
  activation: 'silu',
};

/** models/olmo/modeling_olmo.py: its norms have no weights. */
export const olmo: Family = (config) => {
  const sizes = decoderSizes(config, OLMO);
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const bias = config.flag('attention_bias', false);
  const layer = container('OlmoDecoderLayer', {
    self_attn: attention('OlmoAttention', sizes, { qkv: bias, out: bias }),
    mlp: gatedMlp('OlmoMLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
    input_layernorm: leaf('OlmoLayerNorm'),
    post_attention_layernorm: leaf('OlmoLayerNorm'),
  });
  return causalLM('Olmo', config, sizes, {
    layer: () => layer,
    norm: leaf('OlmoLayerNorm'),
    rotary: rotary('OlmoRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
};

/** models/olmo2/modeling_olmo2.py: norms of all queries and all keys, and after attention and MLP instead of before. */
export const olmo2: Family = (config) => {
  const sizes = decoderSizes(config, OLMO);
  return olmo2Like('Olmo2', config, sizes, {
    rotary: rotary('Olmo2RotaryEmbedding', config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
  });
};

/** models/olmo3/modeling_olmo3.py: three layers in four see a window, with rotary embeddings of their own. */
export const olmo3: Family = (config) => {
  const sizes = decoderSizes(config, OLMO);
  const types = layerTypes(config, sizes.layers, slidingBut(4));
  return olmo2Like('Olmo3', config, sizes, {
    rotary: layeredRotary('Olmo3RotaryEmbedding', config, sizes.headDim, types),
    layerTypes: types,
  });
};

function olmo2Like(
  prefix: string,
  config: ConfigReader,
  sizes: ModelSizes,
  own: Pick<DecoderParts, 'rotary' | 'layerTypes'>,
): FamilyModel {
  const { hiddenSize, intermediateSize } = sizes;
  const { queries, keys } = attentionSizes(sizes);
  const bias = config.flag('attention_bias', false);
  const rmsNorm = norm(`${prefix}RMSNorm`, hiddenSize);
  const layer = container(`${prefix}DecoderLayer`, {
    self_attn: attention(
      `${prefix}Attention`,
      sizes,
      { qkv: bias, out: bias },
      { q_norm: norm(`${prefix}RMSNorm`, queries), k_norm: norm(`${prefix}RMSNorm`, keys) },
    ),
    mlp: gatedMlp(`${prefix}MLP`, hiddenSize, intermediateSize, hiddenAct(config, sizes)),
    post_attention_layernorm: rmsNorm,
    post_feedforward_layernorm: rmsNorm,
  });
  return causalLM(prefix, config, sizes, { layer: () => layer, norm: rmsNorm, tied: false, ...own });
}
