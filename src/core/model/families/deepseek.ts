import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import { causalLM, gatedMlp, hiddenAct, llamaLayer, mustDivide } from './decoder';
import { decoderSizes } from './decoderSizes';
import { EXPERTS_OF_QWEN, fusedExperts, router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { container, linear, norm, type ModuleNode } from './module';
import { rotary } from './rotary';

const KEYS = {
  experts: 'n_routed_experts',
  perToken: 'num_experts_per_tok',
  intermediateSize: 'moe_intermediate_size',
};
const COMMON = { headDim: null, activation: 'silu' } as const;

/** models/deepseek_v2/modeling_deepseek_v2.py */
export const deepseekV2: Family = (values) => {
  const config = values.aliased({ num_experts: 'n_routed_experts' });
  const dense = decoderSizes(config, {
    ...COMMON,
    vocabSize: 102400,
    hiddenSize: 4096,
    intermediateSize: 11008,
    layers: 32,
    heads: 32,
    keyValueHeads: null,
    maxLength: 2048,
  });
  mustDivide(config, dense);
  // num_experts_per_tok is None in the class itself, with which no token could be routed.
  const sizes = withExperts(config, dense, KEYS, { experts: 64, perToken: 1, intermediateSize: 1407 });
  return deepseek('DeepseekV2', config, dense, sizes, {
    moe: 'DeepseekV2Moe',
    router: router('DeepseekV2TopkRouter', sizes),
    mlpBias: config.flag('mlp_bias', false),
    sharedExperts: 2,
    firstDense: 0,
    keepInFp32Strict: [],
    ignored: [],
  });
};

/** models/deepseek_v3/modeling_deepseek_v3.py */
export const deepseekV3: Family = (values) => {
  const config = values.aliased({ num_local_experts: 'n_routed_experts' });
  const dense = decoderSizes(config, {
    ...COMMON,
    vocabSize: 129280,
    hiddenSize: 7168,
    intermediateSize: 18432,
    layers: 61,
    heads: 128,
    keyValueHeads: 128,
    maxLength: 4096,
  });
  const sizes = withExperts(config, dense, KEYS, { experts: 256, perToken: 8, intermediateSize: 2048 });
  return deepseek('DeepseekV3', config, dense, sizes, {
    moe: 'DeepseekV3MoE',
    router: {
      ...router('DeepseekV3TopkRouter', sizes),
      buffers: { e_score_correction_bias: { shape: [sizes.experts], dtype: null } },
    },
    mlpBias: false,
    sharedExperts: 1,
    firstDense: 3,
    keepInFp32Strict: ['e_score_correction_bias'],
    // The layer that foresees another token.
    ignored: [/model\.layers\.61.*/],
  });
};

interface Differences {
  readonly moe: string;
  readonly router: ModuleNode;
  readonly mlpBias: boolean;
  /** Defaults of n_shared_experts and first_k_dense_replace. */
  readonly sharedExperts: number;
  readonly firstDense: number;
  readonly keepInFp32Strict: readonly string[];
  readonly ignored: readonly RegExp[];
}

function deepseek(
  name: string,
  config: ConfigReader,
  dense: ModelSizes,
  sizes: ModelSizes & { readonly experts: number },
  differences: Differences,
): ReturnType<Family> {
  const { hiddenSize, intermediateSize } = sizes;
  const { mlpBias } = differences;
  const act = hiddenAct(config, sizes);
  const shared = intermediateSize * config.size('n_shared_experts', differences.sharedExperts);
  const ropeDim = config.size('qk_rope_head_dim', 64);
  const queryDim = config.size('qk_nope_head_dim', 128) + ropeDim;
  const selfAttention = latentAttention(name, config, sizes, { queryDim, ropeDim });
  const layer = (mlp: ModuleNode): ModuleNode => llamaLayer(name, hiddenSize, selfAttention, mlp);
  const sparse = layer(
    container(differences.moe, {
      experts: fusedExperts(`${name}Experts`, sizes, act),
      gate: differences.router,
      shared_experts: gatedMlp(`${name}MLP`, hiddenSize, shared, act, mlpBias),
    }),
  );
  const first = layer(gatedMlp(`${name}MLP`, hiddenSize, dense.intermediateSize, act, mlpBias));
  const firstDense = config.countOrZero('first_k_dense_replace', differences.firstDense);
  const model = causalLM(
    name,
    config,
    { ...sizes, headDim: queryDim },
    {
      layer: (index) => (index < firstDense ? first : sparse),
      norm: norm(`${name}RMSNorm`, hiddenSize),
      rotary: rotary(`${name}RotaryEmbedding`, config, { headDim: ropeDim, partialDefault: false, partial: 1 }),
      tied: false,
    },
  );
  return {
    ...withTensors(model, { ignored: differences.ignored, converted: EXPERTS_OF_QWEN }),
    keepInFp32Strict: differences.keepInFp32Strict,
  };
}

/** Multi-head latent attention: keys and values (and queries, where q_lora_rank is given) through a narrow layer. */
function latentAttention(
  name: string,
  config: ConfigReader,
  { hiddenSize, heads }: ModelSizes,
  { queryDim, ropeDim }: { readonly queryDim: number; readonly ropeDim: number },
): ModuleNode {
  const bias = config.flag('attention_bias', false);
  const rank = config.has('q_lora_rank') ? config.sizeOrNull('q_lora_rank') : 1536;
  const kvRank = config.size('kv_lora_rank', 512);
  const valueDim = config.size('v_head_dim', 128);
  return container(`${name}Attention`, {
    q_proj: rank === null ? linear(hiddenSize, heads * queryDim, false) : null,
    q_a_proj: rank === null ? null : linear(hiddenSize, rank, bias),
    q_a_layernorm: rank === null ? null : norm(`${name}RMSNorm`, rank),
    q_b_proj: rank === null ? null : linear(rank, heads * queryDim, false),
    kv_a_proj_with_mqa: linear(hiddenSize, kvRank + ropeDim, bias),
    kv_a_layernorm: norm(`${name}RMSNorm`, kvRank),
    kv_b_proj: linear(kvRank, heads * (queryDim - ropeDim + valueDim), false),
    o_proj: linear(heads * valueDim, hiddenSize, bias),
  });
}
