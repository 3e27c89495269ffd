import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { wholeHeads } from './decoderSizes';
import { axialRotary, conv } from './imageTower';
import { blocks, container, embedding, layerNorm, leaf, linear, moduleList, norm, type ModuleNode } from './module';

/** models/qwen2_vl/modeling_qwen2_vl.py, Qwen2VisionTransformerPretrainedModel. `values`: vision_config. */
export function qwen2Visual(values: ConfigReader): ModuleNode {
  const config = withHeads(values);
  const width = config.size('embed_dim', 1280);
  const inner = width * config.size('mlp_ratio', 4);
  const block = container('Qwen2VLVisionBlock', {
    norm1: layerNorm(width),
    norm2: layerNorm(width),
    attn: attention('VisionAttention', width),
    mlp: container('VisionMlp', {
      fc1: linear(width, inner, true),
      act: activation(config, 'hidden_act', 'quick_gelu'),
      fc2: linear(inner, width, true),
    }),
  });
  return container(
    'Qwen2VisionTransformerPretrainedModel',
    {
      patch_embed: patchEmbed('PatchEmbed', config, width, { patch: 14, bias: false }),
      rotary_pos_emb: rotary('Qwen2VLVisionRotaryEmbedding', config, width),
      blocks: blocks(config.count('depth', 32), () => block),
      merger: sequentialMerger('PatchMerger', layerNorm(width), config, width, config.size('hidden_size', 3584)),
    },
    { part: 'vision' },
  );
}

/** models/qwen2_5_vl/modeling_qwen2_5_vl.py, Qwen2_5_VisionTransformerPretrainedModel. */
export function qwen25Visual(values: ConfigReader): ModuleNode {
  const config = withHeads(values);
  const width = config.size('hidden_size', 3584);
  const inner = config.size('intermediate_size', 3420);
  const block = container('Qwen2_5_VLVisionBlock', {
    norm1: norm('Qwen2_5_VLRMSNorm', width),
    norm2: norm('Qwen2_5_VLRMSNorm', width),
    attn: attention('Qwen2_5_VLVisionAttention', width),
    mlp: container('Qwen2_5_VLMLP', {
      gate_proj: linear(width, inner, true),
      up_proj: linear(width, inner, true),
      down_proj: linear(inner, width, true),
      act_fn: activation(config, 'hidden_act', 'silu'),
    }),
  });
  const lnQ = norm('Qwen2_5_VLRMSNorm', width);
  return container(
    'Qwen2_5_VisionTransformerPretrainedModel',
    {
      patch_embed: patchEmbed('Qwen2_5_VisionPatchEmbed', config, width, { patch: 14, bias: false }),
      rotary_pos_emb: rotary('Qwen2_5_VLVisionRotaryEmbedding', config, width),
      blocks: blocks(config.count('depth', 32), () => block),
      merger: sequentialMerger('Qwen2_5_VLPatchMerger', lnQ, config, width, config.size('out_hidden_size', 3584)),
    },
    { part: 'vision' },
  );
}

/** models/qwen3_vl/modeling_qwen3_vl.py, Qwen3VLVisionModel. */
export function qwen3Visual(values: ConfigReader): ModuleNode {
  const config = withHeads(values);
  const width = config.size('hidden_size', 1152);
  const inner = config.size('intermediate_size', 4304);
  const block = container('Qwen3VLVisionBlock', {
    norm1: layerNorm(width),
    norm2: layerNorm(width),
    attn: attention('Qwen3VLVisionAttention', width),
    mlp: container('Qwen3VLVisionMLP', {
      linear_fc1: linear(width, inner, true),
      linear_fc2: linear(inner, width, true),
      act_fn: activation(config, 'hidden_act', 'gelu_pytorch_tanh'),
    }),
  });
  const merged = width * merge(config);
  const merger = (normed: number): ModuleNode =>
    container(
      'Qwen3VLVisionPatchMerger',
      {
        norm: layerNorm(normed),
        linear_fc1: linear(merged, merged, true),
        act_fn: leaf('GELU'),
        linear_fc2: linear(merged, config.size('out_hidden_size', 3584), true),
      },
      { part: 'projector' },
    );
  const deep = config.wholes('deepstack_visual_indexes') ?? [8, 16, 24];
  return container(
    'Qwen3VLVisionModel',
    {
      patch_embed: patchEmbed('Qwen3VLVisionPatchEmbed', config, width, { patch: 16, bias: true }),
      pos_embed: embedding(config.size('num_position_embeddings', 2304), width),
      rotary_pos_emb: rotary('Qwen3VLVisionRotaryEmbedding', config, width),
      blocks: blocks(config.count('depth', 27), () => block),
      merger: merger(width),
      deepstack_merger_list: { ...moduleList(deep.map(() => merger(merged))), part: 'projector' },
    },
    { part: 'vision' },
  );
}

/** attribute_map of all three. */
function withHeads(config: ConfigReader): ConfigReader {
  return config.aliased({ num_attention_heads: 'num_heads' });
}

function attention(type: string, width: number): ModuleNode {
  return container(type, { qkv: linear(width, 3 * width, true), proj: linear(width, width, true) });
}

function patchEmbed(
  type: string,
  config: ConfigReader,
  width: number,
  { patch, bias }: { readonly patch: number; readonly bias: boolean },
): ModuleNode {
  const side = config.size('patch_size', patch);
  const kernel = [config.size('temporal_patch_size', 2), side, side] as const;
  return container(type, { proj: conv([width, config.size('in_channels', 3), ...kernel], bias) });
}

/** Half of a head for the rows, half for the columns: torch.arange(0, dim // 2, 2). */
function rotary(type: string, config: ConfigReader, width: number): ModuleNode {
  const headDim = config.sizeOrNull('head_dim') ?? wholeHeads(config, width, config.size('num_heads', 16));
  return axialRotary(type, Math.ceil(Math.floor(headDim / 2) / 2));
}

function sequentialMerger(
  type: string,
  lnQ: ModuleNode,
  config: ConfigReader,
  width: number,
  outFeatures: number,
): ModuleNode {
  const merged = width * merge(config);
  const mlp = [linear(merged, merged, true), leaf('GELU'), linear(merged, outFeatures, true)];
  return container(type, { ln_q: lnQ, mlp: moduleList(mlp, 'Sequential') }, { part: 'projector' });
}

/** Patches that become one token. */
function merge(config: ConfigReader): number {
  return config.size('spatial_merge_size', 2) ** 2;
}
