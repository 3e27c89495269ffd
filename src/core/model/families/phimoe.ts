import { attention, causalLM, hiddenAct } from './decoder';
import { decoderSizes } from './decoderSizes';
import { EXPERTS_OF_MIXTRAL, fusedExperts, router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { withMember } from './members';
import { container, layerNorm, linear } from './module';
import { rotary } from './rotary';

/** models/phimoe/modeling_phimoe.py */
export const phimoe: Family = (config) => {
  const dense = decoderSizes(config, {
    vocabSize: 32064,
    hiddenSize: 4096,
    intermediateSize: 6400,
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
    { experts: 16, perToken: 2, intermediateSize: 6400 },
  );
  const { hiddenSize } = sizes;
  const bias = config.flag('attention_bias', false);
  const layer = container('PhimoeDecoderLayer', {
    self_attn: attention('PhimoeAttention', sizes, { qkv: bias, out: bias }),
    mlp: container('PhimoeSparseMoeBlock', {
      // A class made of nn.Linear, which bitsandbytes leaves alone.
      router: router('PhimoeTopKRouter', sizes),
      experts: fusedExperts('PhimoeExperts', sizes, hiddenAct(config, sizes)),
    }),
    input_layernorm: layerNorm(hiddenSize),
    post_attention_layernorm: layerNorm(hiddenSize),
  });
  const model = causalLM('Phimoe', config, sizes, {
    layer: () => layer,
    norm: layerNorm(hiddenSize),
    rotary: rotary('PhimoeRotaryEmbedding', config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  const head = linear(hiddenSize, sizes.vocabSize, config.flag('lm_head_bias', false));
  return withTensors(
    { ...model, root: withMember(model.root, 'lm_head', head) },
    {
      renamed: [
        [/\.block_sparse_moe\./, '.mlp.'],
        [/\.gate\.weight/, '.router.weight'],
      ],
      converted: EXPERTS_OF_MIXTRAL,
    },
  );
};
