import type { ConfigReader } from '../configReader';
import { attention, causalLM, gatedMlp, hiddenAct, llamaLayer, mustDivide } from './decoder';
import { decoderSizes, wholeHeads } from './decoderSizes';
import type { Family, FamilyModel, TensorRules } from './family';
import { leaf, norm, type ModuleNode } from './module';
import { qwen25Visual, qwen2Visual, qwen3Visual } from './qwenVision';
import { inverseFrequencies, ropeParameters, rotary } from './rotary';
import { baseModelOf, visionLanguage } from './visionLanguage';

/** models/qwen2_vl/modeling_qwen2_vl.py */
export const qwen2Vl = qwenVl('Qwen2VL', qwen2Visual);

/** models/qwen2_5_vl/modeling_qwen2_5_vl.py */
export const qwen25Vl = qwenVl('Qwen2_5_VL', qwen25Visual);

function qwenVl(prefix: string, visual: (config: ConfigReader) => ModuleNode): Family {
  return (config) => {
    // Qwen2VLConfig.__post_init__: published files have the text model's values beside those of the whole.
    const isFlat = (config.raw('text_config') ?? null) === null;
    const values = isFlat ? config : config.nested('text_config');
    const text = qwenVlText(prefix, values, !isFlat);
    return visionLanguage({
      prefix,
      children: { visual: visual(config.nested('vision_config')), language_model: baseModelOf(text) },
      language: 'language_model',
      text,
      tied: config.flag('tie_word_embeddings', false) || values.flag('tie_word_embeddings', false),
      tensors: { renamed: NAMES },
    });
  };
}

/** conversion_mapping.py, "Qwen2VLForConditionalGeneration". */
const NAMES: TensorRules['renamed'] = [
  [/^visual/, 'model.visual'],
  [/^model(?!\.(language_model|visual))/, 'model.language_model'],
];

/** `ownHeadDim`: whether a head_dim of the file reaches the text config, where only the rotary embedding looks at it. */
function qwenVlText(prefix: string, config: ConfigReader, ownHeadDim: boolean): FamilyModel {
  const given = decoderSizes(config, {
    vocabSize: 152064,
    hiddenSize: 8192,
    intermediateSize: 29568,
    layers: 80,
    heads: 64,
    keyValueHeads: 8,
    headDim: null,
    maxLength: 32768,
    activation: 'silu',
  });
  mustDivide(config, given);
  const { hiddenSize, intermediateSize, heads } = given;
  const sizes = { ...given, headDim: wholeHeads(config, hiddenSize, heads) };
  const layer = llamaLayer(
    prefix,
    hiddenSize,
    attention(`${prefix}Attention`, sizes, { qkv: true, out: false }),
    gatedMlp('Qwen2MLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
  );
  return causalLM(prefix, config, sizes, {
    layer: () => layer,
    norm: norm(`${prefix}RMSNorm`, hiddenSize),
    rotary: multiRotary(`${prefix}RotaryEmbedding`, config, ownHeadDim ? given.headDim : sizes.headDim),
    tied: false,
    model: `${prefix}TextModel`,
  });
}

/** "mrope" of published files is "default" (Qwen2VLTextConfig.convert_rope_params_to_dict). */
function multiRotary(type: string, config: ConfigReader, headDim: number): ModuleNode {
  const given = ropeParameters(config);
  const isMulti = (given['rope_type'] ?? given['type']) === 'mrope';
  const parameters = isMulti ? { ...given, rope_type: 'default' } : given;
  const buffer = inverseFrequencies(config, parameters, { headDim, partialDefault: false, partial: 1 });
  return leaf(type, { buffers: { inv_freq: buffer, original_inv_freq: buffer } });
}

/** models/qwen3_vl/modeling_qwen3_vl.py */
export const qwen3Vl: Family = (config) => {
  const text = qwen3VlText(config.nested('text_config'));
  return visionLanguage({
    prefix: 'Qwen3VL',
    children: { visual: qwen3Visual(config.nested('vision_config')), language_model: baseModelOf(text) },
    language: 'language_model',
    text,
    tied: config.flag('tie_word_embeddings', false),
    tensors: { renamed: [] },
  });
};

function qwen3VlText(config: ConfigReader): FamilyModel {
  const sizes = decoderSizes(config, {
    vocabSize: 151936,
    hiddenSize: 4096,
    intermediateSize: 22016,
    layers: 32,
    heads: 32,
    keyValueHeads: 32,
    headDim: 128,
    maxLength: 128000,
    activation: 'silu',
  });
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const bias = config.flag('attention_bias', false);
  const headNorm = norm('Qwen3VLTextRMSNorm', headDim);
  const layer = llamaLayer(
    'Qwen3VLText',
    hiddenSize,
    attention('Qwen3VLTextAttention', sizes, { qkv: bias, out: bias }, { q_norm: headNorm, k_norm: headNorm }),
    gatedMlp('Qwen3VLTextMLP', hiddenSize, intermediateSize, hiddenAct(config, sizes)),
  );
  return causalLM('Qwen3VLText', config, sizes, {
    layer: () => layer,
    norm: norm('Qwen3VLTextRMSNorm', hiddenSize),
    rotary: rotary('Qwen3VLTextRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
}
