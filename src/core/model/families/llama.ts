import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import { attention, causalLM, gatedMlp, hiddenAct, llamaLayer, mustDivide } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { layerTypes } from './layerTypes';
import { norm, type ModuleNode } from './module';
import { rotary } from './rotary';

interface Biases {
  readonly qkv: boolean;
  readonly out: boolean;
  readonly mlp: boolean;
}

export interface LlamaRules {
  /** Of the class names: "Mistral". */
  readonly prefix: string;
  readonly defaults: SizeDefaults;
  readonly tied: boolean;
  readonly biases: (config: ConfigReader) => Biases;
  /** validate_architecture of the config class. */
  readonly divides: boolean;
  /** More modules of its attention. */
  readonly headNorms?: (prefix: string, sizes: ModelSizes) => Readonly<Record<string, ModuleNode>>;
  /** layer_types where the config class has them, as it completes them. */
  readonly types?: (config: ConfigReader, layers: number) => readonly string[];
}

/** What is built as Llama is, under names of its own. */
export function llamaLike({
  prefix,
  defaults,
  tied,
  biases,
  divides,
  types,
  headNorms = () => ({}),
}: LlamaRules): Family {
  return (config) => {
    const sizes = decoderSizes(config, defaults);
    if (divides) mustDivide(config, sizes);
    const { hiddenSize, intermediateSize } = sizes;
    const bias = biases(config);
    const layer = llamaLayer(
      prefix,
      hiddenSize,
      attention(`${prefix}Attention`, sizes, bias, headNorms(prefix, sizes)),
      gatedMlp(`${prefix}MLP`, hiddenSize, intermediateSize, hiddenAct(config, sizes), bias.mlp),
    );
    return causalLM(prefix, config, sizes, {
      layer: () => layer,
      norm: norm(`${prefix}RMSNorm`, hiddenSize),
      rotary: rotary(`${prefix}RotaryEmbedding`, config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
      tied,
      ...(types === undefined ? {} : { layerTypes: types(config, sizes.layers) }),
    });
  };
}

function fromFlags(config: ConfigReader): Biases {
  const attends = config.flag('attention_bias', false);
  return { qkv: attends, out: attends, mlp: config.flag('mlp_bias', false) };
}

function none(): Biases {
  return { qkv: false, out: false, mlp: false };
}

export const LLAMA: SizeDefaults = {
  vocabSize: 32000,
  hiddenSize: 4096,
  intermediateSize: 11008,
  layers: 32,
  heads: 32,
  keyValueHeads: null,
  headDim: null,
  maxLength: 2048,
  activation: 'silu',
};
const MISTRAL: SizeDefaults = { ...LLAMA, intermediateSize: 14336, keyValueHeads: 8, maxLength: 131072 };

/** models/llama/modeling_llama.py */
export const llama = llamaLike({ prefix: 'Llama', defaults: LLAMA, tied: false, biases: fromFlags, divides: true });

/** models/mistral/modeling_mistral.py */
export const mistral = llamaLike({ prefix: 'Mistral', defaults: MISTRAL, tied: false, biases: none, divides: false });

/** models/ministral/modeling_ministral.py */
export const ministral = llamaLike({
  prefix: 'Ministral',
  defaults: MISTRAL,
  tied: false,
  biases: none,
  divides: false,
  types: (config, layers) =>
    layerTypes(config, layers, () => (config.raw('sliding_window') === null ? 'full_attention' : 'sliding_attention')),
});

/** models/ministral3/modeling_ministral3.py */
export const ministral3 = llamaLike({
  prefix: 'Ministral3',
  defaults: { ...MISTRAL, vocabSize: 131072, layers: 34, headDim: 128, maxLength: 262144 },
  tied: false,
  biases: none,
  divides: false,
});

/** models/granite/modeling_granite.py */
export const granite = llamaLike({
  prefix: 'Granite',
  defaults: LLAMA,
  tied: false,
  biases: fromFlags,
  divides: false,
});

/** models/smollm3/modeling_smollm3.py */
export const smollm3 = llamaLike({
  prefix: 'SmolLM3',
  defaults: {
    ...LLAMA,
    vocabSize: 128256,
    hiddenSize: 2048,
    layers: 36,
    heads: 16,
    keyValueHeads: 4,
    maxLength: 32768,
  },
  tied: true,
  biases: fromFlags,
  divides: false,
  types: smollm3LayerTypes,
});

/** SmolLM3Config: a window, if there is one, for the layers without rotary embeddings. */
function smollm3LayerTypes(config: ConfigReader, layers: number): readonly string[] {
  const interval = config.size('no_rope_layer_interval', 4);
  const listed = config.wholes('no_rope_layers');
  const slides = config.flag('use_sliding_window', false) && (config.raw('sliding_window') ?? null) !== null;
  return layerTypes(config, layers, (index) => {
    const rotates = listed === null ? (index + 1) % interval !== 0 : listed[index] !== 0;
    return slides && !rotates ? 'sliding_attention' : 'full_attention';
  });
}
