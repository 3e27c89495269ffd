import { attention, causalLM, hiddenAct, llamaLayer } from './decoder';
import { decoderSizes } from './decoderSizes';
import { EXPERTS_OF_MIXTRAL, fusedExperts, router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { container, norm } from './module';
import { rotary } from './rotary';

/** models/mixtral/modeling_mixtral.py */
export const mixtral: Family = (values) => {
  const config = values.aliased({ num_experts: 'num_local_experts' });
  const dense = decoderSizes(config, {
    vocabSize: 32000,
    hiddenSize: 4096,
    intermediateSize: 14336,
    layers: 32,
    heads: 32,
    keyValueHeads: 8,
    headDim: null,
    maxLength: 4096 * 32,
    activation: 'silu',
  });
  const sizes = withExperts(
    config,
    dense,
    { experts: 'num_local_experts', perToken: 'num_experts_per_tok', intermediateSize: 'intermediate_size' },
    { experts: 8, perToken: 2, intermediateSize: 14336 },
  );
  const layer = llamaLayer(
    'Mixtral',
    sizes.hiddenSize,
    attention('MixtralAttention', sizes, { qkv: false, out: false }),
    container('MixtralSparseMoeBlock', {
      gate: router('MixtralTopKRouter', sizes),
      experts: fusedExperts('MixtralExperts', sizes, hiddenAct(config, sizes)),
    }),
  );
  const model = causalLM('Mixtral', config, sizes, {
    layer: () => layer,
    norm: norm('MixtralRMSNorm', sizes.hiddenSize),
    rotary: rotary('MixtralRotaryEmbedding', config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  return withTensors(model, { renamed: [[/\.block_sparse_moe\./, '.mlp.']], converted: EXPERTS_OF_MIXTRAL });
};
