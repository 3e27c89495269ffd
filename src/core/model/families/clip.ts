import type { ConfigReader } from '../configReader';
import { conv, imageAttention, imageMlp, imageSizes, positions, type VisionTower } from './imageTower';
import { blocks, container, embedding, layerNorm } from './module';

/** models/clip/modeling_clip.py, CLIPVisionModel. */
export function clipTower(config: ConfigReader): VisionTower {
  const sizes = imageSizes(config, {
    hiddenSize: 768,
    intermediateSize: 3072,
    layers: 12,
    heads: 12,
    imageSize: 224,
    patchSize: 32,
    activation: 'quick_gelu',
  });
  const { hiddenSize, patchSize, channels, patches } = sizes;
  const layer = container('CLIPEncoderLayer', {
    self_attn: imageAttention('CLIPAttention', hiddenSize),
    layer_norm1: layerNorm(hiddenSize),
    mlp: imageMlp('CLIPMLP', config, sizes),
    layer_norm2: layerNorm(hiddenSize),
  });
  const node = container(
    'CLIPVisionModel',
    {
      embeddings: container(
        'CLIPVisionEmbeddings',
        {
          patch_embedding: conv([hiddenSize, channels, patchSize, patchSize], false),
          position_embedding: embedding(patches + 1, hiddenSize),
        },
        { parameters: { class_embedding: [hiddenSize] }, buffers: positions(patches + 1) },
      ),
      // So it is called.
      pre_layrnorm: layerNorm(hiddenSize),
      encoder: container('CLIPEncoder', { layers: blocks(sizes.layers, () => layer) }),
      post_layernorm: layerNorm(hiddenSize),
    },
    { part: 'vision' },
  );
  return { node, hiddenSize };
}
