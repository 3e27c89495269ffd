import { attention, causalLM, hiddenAct } from './decoder';
import { decoderSizes } from './decoderSizes';
import { fusedExperts, router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { container, norm } from './module';
import { rotary } from './rotary';

/** models/granitemoe/modeling_granitemoe.py */
export const graniteMoe: Family = (config) => {
  const dense = decoderSizes(config, {
    vocabSize: 32000,
    hiddenSize: 4096,
    intermediateSize: 11008,
    layers: 32,
    heads: 32,
    keyValueHeads: null,
    headDim: null,
    maxLength: 2048,
    activation: 'silu',
  });
  const sizes = withExperts(
    config,
    dense,
    { experts: 'num_local_experts', perToken: 'num_experts_per_tok', intermediateSize: 'intermediate_size' },
    { experts: 8, perToken: 2, intermediateSize: 11008 },
  );
  const { hiddenSize } = sizes;
  const bias = config.flag('attention_bias', false);
  const layer = container('GraniteMoeDecoderLayer', {
    self_attn: attention('GraniteMoeAttention', sizes, { qkv: bias, out: bias }),
    input_layernorm: norm('GraniteMoeRMSNorm', hiddenSize),
    post_attention_layernorm: norm('GraniteMoeRMSNorm', hiddenSize),
    block_sparse_moe: container('GraniteMoeMoE', {
      router: router('GraniteMoeTopKRouter', sizes),
      experts: fusedExperts('GraniteMoeExperts', sizes, hiddenAct(config, sizes)),
    }),
  });
  const model = causalLM('GraniteMoe', config, sizes, {
    layer: () => layer,
    norm: norm('GraniteMoeRMSNorm', hiddenSize),
    rotary: rotary('GraniteMoeRotaryEmbedding', config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  // conversion_mapping.py, "granitemoe": fused in the checkpoint too, under other names.
  return withTensors(model, {
    renamed: [
      [/block_sparse_moe\.input_linear\.weight/, 'block_sparse_moe.experts.gate_up_proj'],
      [/block_sparse_moe\.output_linear\.weight/, 'block_sparse_moe.experts.down_proj'],
      [/block_sparse_moe\.router\.layer\.weight/, 'block_sparse_moe.router.weight'],
    ],
  });
};
