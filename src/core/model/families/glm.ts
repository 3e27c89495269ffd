import { attention, causalLM, fusedMlp, hiddenAct, llamaLayer } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { norm, type ModuleNode } from './module';
import { rotary } from './rotary';

const GLM: SizeDefaults = {
  vocabSize: 151552,
  hiddenSize: 4096,
  intermediateSize: 13696,
  layers: 40,
  heads: 32,
  keyValueHeads: 2,
  headDim: 128,
  maxLength: 131072,
  activation: 'silu',
};

/** models/glm/modeling_glm.py */
export const glm: Family = glmLike('Glm', []);

/** models/glm4/modeling_glm4.py: two norms more. */
export const glm4: Family = glmLike('Glm4', ['post_self_attn_layernorm', 'post_mlp_layernorm']);

function glmLike(prefix: string, moreNorms: readonly string[]): Family {
  return (config) => {
    const sizes = decoderSizes(config, GLM);
    const { hiddenSize, headDim } = sizes;
    const rmsNorm = norm(`${prefix}RMSNorm`, hiddenSize);
    const plain = llamaLayer(
      prefix,
      hiddenSize,
      attention(`${prefix}Attention`, sizes, { qkv: config.flag('attention_bias', true), out: false }),
      fusedMlp(`${prefix}MLP`, sizes, hiddenAct(config, sizes)),
    );
    const layer: ModuleNode = {
      ...plain,
      children: { ...plain.children, ...Object.fromEntries(moreNorms.map((name) => [name, rmsNorm])) },
    };
    return causalLM(prefix, config, sizes, {
      layer: () => layer,
      norm: rmsNorm,
      rotary: rotary(`${prefix}RotaryEmbedding`, config, { headDim, partialDefault: true, partial: 0.5 }),
      tied: false,
    });
  };
}
