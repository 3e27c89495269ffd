import type { ConfigReader } from '../configReader';
import { conv, imageAttention, imageMlp, imageSizes, type VisionTower } from './imageTower';
import type { Family } from './family';
import { blocks, container, embedding, layerNorm, linear } from './module';
import { baseModelOf, visionLanguage, type TextFamilies } from './visionLanguage';

/** Of text_config, where it names no model_type. */
export const IDEFICS3_TEXT = 'llama';

/** models/idefics3/modeling_idefics3.py, Idefics3VisionTransformer; SmolVLM's is the same under its own names. */
function ideficsTower(prefix: string, config: ConfigReader): VisionTower {
  const sizes = imageSizes(config, {
    hiddenSize: 1152,
    intermediateSize: 3072,
    layers: 12,
    heads: 16,
    imageSize: 224,
    patchSize: 32,
    activation: 'gelu_pytorch_tanh',
  });
  const { hiddenSize, patchSize, channels, patches } = sizes;
  const layer = container(`${prefix}EncoderLayer`, {
    self_attn: imageAttention(`${prefix}VisionAttention`, hiddenSize),
    layer_norm1: layerNorm(hiddenSize),
    mlp: imageMlp(`${prefix}VisionMLP`, config, sizes),
    layer_norm2: layerNorm(hiddenSize),
  });
  const node = container(
    `${prefix}VisionTransformer`,
    {
      embeddings: container(`${prefix}VisionEmbeddings`, {
        patch_embedding: conv([hiddenSize, channels, patchSize, patchSize], true),
        position_embedding: embedding(patches, hiddenSize),
      }),
      encoder: container(`${prefix}Encoder`, { layers: blocks(sizes.layers, () => layer) }),
      post_layernorm: layerNorm(hiddenSize),
    },
    { part: 'vision' },
  );
  return { node, hiddenSize };
}

/** models/idefics3/modeling_idefics3.py and models/smolvlm/modeling_smolvlm.py: `prefix` of the class names. */
export function idefics3(prefix: 'Idefics3' | 'SmolVLM'): (texts: TextFamilies) => Family {
  return (texts) => (config) => {
    const tower = ideficsTower(prefix, config.nested('vision_config'));
    const reader = config.nested('text_config');
    const family = texts(reader.text('model_type', IDEFICS3_TEXT));
    if (family === null) throw new Error('a kind that visionFamilyOf lets through');
    const text = family(reader);
    const shuffled = config.size('scale_factor', 2) ** 2;
    return visionLanguage({
      prefix,
      children: {
        vision_model: tower.node,
        connector: container(
          `${prefix}Connector`,
          {
            modality_projection: container(`${prefix}SimpleMLP`, {
              proj: linear(tower.hiddenSize * shuffled, text.sizes.hiddenSize, false),
            }),
          },
          { part: 'projector' },
        ),
        text_model: baseModelOf(text),
      },
      language: 'text_model',
      text,
      tied: config.flag('tie_word_embeddings', false),
      tensors: { renamed: [] },
    });
  };
}
