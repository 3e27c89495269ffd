import type { ConfigReader } from '../configReader';
import { attention, causalLM, hiddenAct } from './decoder';
import { decoderSizes } from './decoderSizes';
import { router, withExperts, type ExpertSizes } from './experts';
import type { Family, FamilyModel } from './family';
import { container, leaf, linear, norm, type ModuleNode } from './module';
import { rotary } from './rotary';

/** llama4_text: models/llama4/modeling_llama4.py, Llama4ForCausalLM. */
export const llama4Text: Family = (config) => ({ ...text(config), tensors: TENSORS });

/**
 * llama4: AutoModelForCausalLM takes the text part alone (models/auto/auto_factory.py: the class' config is the
 * text_config), without vision tower.
 */
export const llama4: Family = (config) => ({ ...text(config.nested('text_config')), tensors: TENSORS });

/** The published checkpoints are of the whole: what isn't of the text part is left out with a warning. */
const TENSORS = {
  prefix: 'language_model',
  ignored: [/^vision_model\./, /^multi_modal_projector\./],
  renamed: [[/^language_model\./, '']],
  converted: [],
} as const;

function text(config: ConfigReader): FamilyModel {
  const dense = decoderSizes(config, {
    vocabSize: 202048,
    hiddenSize: 5120,
    intermediateSize: 8192,
    layers: 48,
    heads: 40,
    keyValueHeads: 8,
    headDim: 128,
    maxLength: 4096 * 32,
    activation: 'silu',
  });
  const sizes = withExperts(
    config,
    dense,
    { experts: 'num_local_experts', perToken: 'num_experts_per_tok', intermediateSize: 'intermediate_size' },
    { experts: 16, perToken: 1, intermediateSize: 8192 },
  );
  const { hiddenSize, headDim } = sizes;
  const act = hiddenAct(config, sizes);
  const sparse = feedForward(sizes, act);
  const mlp = textMlp(hiddenSize, config.size('intermediate_size_mlp', 16384), act);
  const hasRope = ropeLayers(config);
  const hasExperts = moeLayers(config);
  const isNormed = config.flag('use_qk_norm', true);
  const bias = config.flag('attention_bias', false);
  const selfAttention = (index: number): ModuleNode =>
    attention(
      'Llama4TextAttention',
      sizes,
      { qkv: bias, out: bias },
      { qk_norm: isNormed && hasRope(index) ? leaf('Llama4TextL2Norm') : null },
    );
  return causalLM('Llama4', config, sizes, {
    layer: (index) =>
      container('Llama4TextDecoderLayer', {
        self_attn: selfAttention(index),
        feed_forward: hasExperts(index) ? sparse : mlp,
        input_layernorm: norm('Llama4TextRMSNorm', hiddenSize),
        post_attention_layernorm: norm('Llama4TextRMSNorm', hiddenSize),
      }),
    norm: norm('Llama4TextRMSNorm', hiddenSize),
    rotary: rotary('Llama4TextRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
    model: 'Llama4TextModel',
  });
}

function feedForward(sizes: ExpertSizes, act: ModuleNode): ModuleNode {
  const { experts, hiddenSize, intermediateSize } = sizes;
  return container('Llama4TextMoe', {
    // As in gpt_oss: [experts, in, out].
    experts: container(
      'Llama4TextExperts',
      { act_fn: act },
      {
        parameters: {
          gate_up_proj: [experts, hiddenSize, 2 * intermediateSize],
          down_proj: [experts, intermediateSize, hiddenSize],
        },
      },
    ),
    // A class made of nn.Linear, which bitsandbytes leaves alone.
    router: router('Llama4Router', sizes),
    shared_expert: textMlp(hiddenSize, intermediateSize, act),
  });
}

function textMlp(hiddenSize: number, intermediateSize: number, act: ModuleNode): ModuleNode {
  return container('Llama4TextMLP', {
    gate_proj: linear(hiddenSize, intermediateSize, false),
    up_proj: linear(hiddenSize, intermediateSize, false),
    down_proj: linear(intermediateSize, hiddenSize, false),
    activation_fn: act,
  });
}

/** no_rope_layers: 1 where a layer turns its queries, which an empty list leaves to no_rope_layer_interval. */
function ropeLayers(config: ConfigReader): (index: number) => boolean {
  const listed = config.wholes('no_rope_layers') ?? [];
  const interval = config.size('no_rope_layer_interval', 4);
  return (index) => (listed.length > 0 ? listed[index] !== 0 : (index + 1) % interval !== 0);
}

function moeLayers(config: ConfigReader): (index: number) => boolean {
  const listed = config.wholes('moe_layers');
  const step = config.size('interleave_moe_layer_step', 1);
  const set = listed === null ? null : new Set(listed);
  return (index) => (set === null ? (index + 1) % step === 0 : set.has(index));
}
