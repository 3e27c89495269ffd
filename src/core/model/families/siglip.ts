import type { ConfigReader } from '../configReader';
import { conv, imageAttention, imageMlp, imageSizes, positions, type VisionTower } from './imageTower';
import { blocks, container, embedding, layerNorm, linear, type ModuleNode } from './module';

/** models/siglip/modeling_siglip.py, SiglipVisionModel. */
export function siglipTower(config: ConfigReader): VisionTower {
  const sizes = imageSizes(config, {
    hiddenSize: 768,
    intermediateSize: 3072,
    layers: 12,
    heads: 12,
    imageSize: 224,
    patchSize: 16,
    activation: 'gelu_pytorch_tanh',
  });
  const { hiddenSize, patchSize, channels, patches } = sizes;
  const mlp = imageMlp('SiglipMLP', config, sizes);
  const layer = container('SiglipEncoderLayer', {
    layer_norm1: layerNorm(hiddenSize),
    self_attn: imageAttention('SiglipAttention', hiddenSize),
    layer_norm2: layerNorm(hiddenSize),
    mlp,
  });
  const node = container(
    'SiglipVisionModel',
    {
      embeddings: container(
        'SiglipVisionEmbeddings',
        {
          patch_embedding: conv([hiddenSize, channels, patchSize, patchSize], true),
          position_embedding: embedding(patches, hiddenSize),
        },
        { buffers: positions(patches) },
      ),
      encoder: container('SiglipEncoder', { layers: blocks(sizes.layers, () => layer) }),
      post_layernorm: layerNorm(hiddenSize),
      head: config.flag('vision_use_head', true) ? poolingHead(hiddenSize, mlp) : null,
    },
    { part: 'vision' },
  );
  return { node, hiddenSize };
}

/** SiglipMultiheadAttentionPoolingHead, with torch's own attention. */
function poolingHead(width: number, mlp: ModuleNode): ModuleNode {
  const out = linear(width, width, true);
  return container(
    'SiglipMultiheadAttentionPoolingHead',
    {
      attention: container(
        'MultiheadAttention',
        { out_proj: { ...out, type: 'NonDynamicallyQuantizableLinear' } },
        { parameters: { in_proj_weight: [3 * width, width], in_proj_bias: [3 * width] } },
      ),
      layernorm: layerNorm(width),
      mlp,
    },
    { parameters: { probe: [1, 1, width] } },
  );
}
