import type { ConfigReader } from '../configReader';
import { attention, causalLM, gatedMlp, hiddenAct, llamaLayer } from './decoder';
import { decoderSizes } from './decoderSizes';
import { EXPERTS_OF_QWEN, fusedExperts, router, withExperts, withTensors } from './experts';
import type { Family } from './family';
import { container, linear, norm, type ModuleNode } from './module';
import { rotary } from './rotary';

const KEYS = { experts: 'num_experts', perToken: 'num_experts_per_tok', intermediateSize: 'moe_intermediate_size' };

/** models/qwen2_moe/modeling_qwen2_moe.py */
export const qwen2Moe: Family = (config) => {
  const dense = decoderSizes(config, {
    vocabSize: 151936,
    hiddenSize: 2048,
    intermediateSize: 5632,
    layers: 24,
    heads: 16,
    keyValueHeads: 16,
    headDim: null,
    maxLength: 32768,
    activation: 'silu',
  });
  const sizes = withExperts(config, dense, KEYS, { experts: 60, perToken: 4, intermediateSize: 1408 });
  const { hiddenSize } = sizes;
  const act = hiddenAct(config, sizes);
  const selfAttention = attention('Qwen2MoeAttention', sizes, { qkv: config.flag('qkv_bias', true), out: false });
  const layer = (mlp: ModuleNode): ModuleNode => llamaLayer('Qwen2Moe', hiddenSize, selfAttention, mlp);
  const sparse = container('Qwen2MoeSparseMoeBlock', {
    gate: router('Qwen2MoeTopKRouter', sizes),
    experts: fusedExperts('Qwen2MoeExperts', sizes, act),
    shared_expert: gatedMlp('Qwen2MoeMLP', hiddenSize, config.size('shared_expert_intermediate_size', 5632), act),
    shared_expert_gate: linear(hiddenSize, 1, false),
  });
  const model = causalLM('Qwen2Moe', config, sizes, {
    layer: eitherLayer(config, layer(sparse), layer(gatedMlp('Qwen2MoeMLP', hiddenSize, dense.intermediateSize, act))),
    norm: norm('Qwen2MoeRMSNorm', hiddenSize),
    rotary: rotary('Qwen2MoeRotaryEmbedding', config, { headDim: sizes.headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  return withTensors(model, { converted: EXPERTS_OF_QWEN });
};

/** models/qwen3_moe/modeling_qwen3_moe.py */
export const qwen3Moe: Family = (values) => {
  const config = values.aliased({ num_local_experts: 'num_experts' });
  const dense = decoderSizes(config, {
    vocabSize: 151936,
    hiddenSize: 2048,
    intermediateSize: 6144,
    layers: 24,
    heads: 32,
    keyValueHeads: 4,
    headDim: null,
    maxLength: 32768,
    activation: 'silu',
  });
  const sizes = withExperts(config, dense, KEYS, { experts: 128, perToken: 8, intermediateSize: 768 });
  const { hiddenSize, headDim } = sizes;
  const act = hiddenAct(config, sizes);
  const bias = config.flag('attention_bias', false);
  const selfAttention = attention(
    'Qwen3MoeAttention',
    sizes,
    { qkv: bias, out: bias },
    { q_norm: norm('Qwen3MoeRMSNorm', headDim), k_norm: norm('Qwen3MoeRMSNorm', headDim) },
  );
  const layer = (mlp: ModuleNode): ModuleNode => llamaLayer('Qwen3Moe', hiddenSize, selfAttention, mlp);
  const sparse = container('Qwen3MoeSparseMoeBlock', {
    experts: fusedExperts('Qwen3MoeExperts', sizes, act),
    gate: router('Qwen3MoeTopKRouter', sizes),
  });
  const model = causalLM('Qwen3Moe', config, sizes, {
    layer: eitherLayer(config, layer(sparse), layer(gatedMlp('Qwen3MoeMLP', hiddenSize, dense.intermediateSize, act))),
    norm: norm('Qwen3MoeRMSNorm', hiddenSize),
    rotary: rotary('Qwen3MoeRotaryEmbedding', config, { headDim, partialDefault: false, partial: 1 }),
    tied: false,
  });
  return withTensors(model, { converted: EXPERTS_OF_QWEN });
};

/** mlp_only_layers and decoder_sparse_step: which layers have experts. */
function eitherLayer(config: ConfigReader, sparse: ModuleNode, dense: ModuleNode): (index: number) => ModuleNode {
  const denseOnly = new Set(config.wholes('mlp_only_layers') ?? []);
  const step = config.size('decoder_sparse_step', 1);
  return (index) => (!denseOnly.has(index) && (index + 1) % step === 0 ? sparse : dense);
}
