import { attention, causalLM, hiddenAct, llamaLayer } from './decoder';
import { decoderSizes } from './decoderSizes';
import { EXPERTS_OF_QWEN, fusedExperts, router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { container, norm } from './module';
import { rotary } from './rotary';

/** models/olmoe/modeling_olmoe.py */
export const olmoe: Family = (values) => {
  const config = values.aliased({ num_local_experts: 'num_experts' });
  const dense = decoderSizes(config, {
    vocabSize: 50304,
    hiddenSize: 2048,
    intermediateSize: 2048,
    layers: 16,
    heads: 16,
    keyValueHeads: null,
    headDim: null,
    maxLength: 4096,
    activation: 'silu',
  });
  const sizes = withExperts(
    config,
    dense,
    { experts: 'num_experts', perToken: 'num_experts_per_tok', intermediateSize: 'intermediate_size' },
    { experts: 64, perToken: 8, intermediateSize: 2048 },
  );
  const { hiddenSize, heads, keyValueHeads } = sizes;
  const bias = config.flag('attention_bias', false);
  const selfAttention = attention(
    'OlmoeAttention',
    sizes,
    { qkv: bias, out: bias },
    {
      q_norm: norm('OlmoeRMSNorm', hiddenSize),
      // Without regard to head_dim.
      k_norm: norm('OlmoeRMSNorm', Math.floor(hiddenSize / heads) * keyValueHeads),
    },
  );
  const mlp = container('OlmoeSparseMoeBlock', {
    gate: router('OlmoeTopKRouter', sizes),
    experts: fusedExperts('OlmoeExperts', sizes, hiddenAct(config, sizes)),
  });
  const layer = llamaLayer('Olmoe', hiddenSize, selfAttention, mlp);
  const model = causalLM('Olmoe', config, sizes, {
    layer: () => layer,
    norm: norm('OlmoeRMSNorm', hiddenSize),
    rotary: rotary('OlmoeRotaryEmbedding', config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  return withTensors(model, { converted: EXPERTS_OF_QWEN });
};
