import type { ConfigReader } from '../configReader';
import { attention, causalLM, gatedMlp, hiddenAct } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { layerTypes, slidingBut } from './layerTypes';
import { container, leaf, norm } from './module';
import { rotary } from './rotary';

const COHERE: SizeDefaults = {
  vocabSize: 256000,
  hiddenSize: 8192,
  intermediateSize: 22528,
  layers: 40,
  heads: 64,
  keyValueHeads: null,
  headDim: null,
  maxLength: 8192,
  activation: 'silu',
};

/** models/cohere/modeling_cohere.py: one norm a layer; use_qk_norm has a weight for each head. */
export const cohere: Family = (config) =>
  cohereLike('Cohere', { headNorms: config.flag('use_qk_norm', false), alternates: false })(config);

/** models/cohere2/modeling_cohere2.py */
export const cohere2: Family = (config) => cohereLike('Cohere2', { headNorms: false, alternates: true })(config);

interface CohereRules {
  readonly headNorms: boolean;
  /** Layers with a window and layers that see everything. */
  readonly alternates: boolean;
}

function cohere2LayerTypes(config: ConfigReader, layers: number): readonly string[] {
  return layerTypes(config, layers, slidingBut(config.size('sliding_window_pattern', 4)));
}

function cohereLike(prefix: string, { headNorms, alternates }: CohereRules): Family {
  return (config) => {
    const sizes = decoderSizes(config, COHERE);
    const types = alternates ? cohere2LayerTypes(config, sizes.layers) : undefined;
    const { hiddenSize, intermediateSize, headDim, heads, keyValueHeads } = sizes;
    const bias = config.flag('attention_bias', false);
    const layer = container(`${prefix}DecoderLayer`, {
      self_attn: attention(
        `${prefix}Attention`,
        sizes,
        { qkv: bias, out: bias },
        {
          q_norm: headNorms ? leaf('CohereLayerNorm', { parameters: { weight: [heads, headDim] } }) : null,
          k_norm: headNorms ? leaf('CohereLayerNorm', { parameters: { weight: [keyValueHeads, headDim] } }) : null,
        },
      ),
      mlp: gatedMlp(`${prefix}MLP`, hiddenSize, intermediateSize, hiddenAct(config, sizes)),
      input_layernorm: norm(`${prefix}LayerNorm`, hiddenSize),
    });
    return causalLM(prefix, config, sizes, {
      layer: () => layer,
      norm: norm(`${prefix}LayerNorm`, hiddenSize),
      rotary: rotary(`${prefix}RotaryEmbedding`, config, { headDim, partialDefault: false, partial: 1 }),
      tied: true,
      ...(types === undefined ? {} : { layerTypes: types }),
    });
  };
}
