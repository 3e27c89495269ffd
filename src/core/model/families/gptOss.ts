import { attention, causalLM, llamaLayer } from './decoder';
import { decoderSizes } from './decoderSizes';
import { router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { container, leaf, norm } from './module';
import { rotary } from './rotary';

/** models/gpt_oss/modeling_gpt_oss.py */
export const gptOss: Family = (values) => {
  const config = values.aliased({ num_experts: 'num_local_experts' });
  const dense = decoderSizes(config, {
    vocabSize: 201088,
    hiddenSize: 2880,
    intermediateSize: 2880,
    layers: 36,
    heads: 64,
    keyValueHeads: 8,
    headDim: 64,
    maxLength: 131072,
    activation: 'silu',
  });
  const sizes = withExperts(
    config,
    dense,
    { experts: 'num_local_experts', perToken: 'num_experts_per_tok', intermediateSize: 'intermediate_size' },
    { experts: 128, perToken: 4, intermediateSize: 2880 },
  );
  const { hiddenSize, intermediateSize, experts, heads, headDim } = sizes;
  const bias = config.flag('attention_bias', true);
  const routing = router('GptOssTopKRouter', sizes);
  const selfAttention = attention('GptOssAttention', sizes, { qkv: bias, out: bias });
  const mlp = container('GptOssMLP', {
    router: { ...routing, parameters: { ...routing.parameters, bias: [experts] } },
    // The other way round than in most families, [experts, in, out], and with biases.
    experts: leaf('GptOssExperts', {
      parameters: {
        gate_up_proj: [experts, hiddenSize, 2 * intermediateSize],
        gate_up_proj_bias: [experts, 2 * intermediateSize],
        down_proj: [experts, intermediateSize, hiddenSize],
        down_proj_bias: [experts, hiddenSize],
      },
    }),
  });
  const layer = llamaLayer('GptOss', hiddenSize, { ...selfAttention, parameters: { sinks: [heads] } }, mlp);
  const model = causalLM('GptOss', config, sizes, {
    layer: () => layer,
    norm: norm('GptOssRMSNorm', hiddenSize),
    rotary: rotary('GptOssRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  return {
    // quantizers/quantizer_mxfp4.py: the published checkpoints have each weight as blocks and scales.
    ...withTensors(model, {
      converted: [{ from: /(\.experts)\.(gate_up_proj|down_proj)_(?:blocks|scales)$/, to: ['$1.$2'] }],
    }),
    keepInFp32: ['post_attention_layernorm', 'input_layernorm', 'norm'],
  };
};
