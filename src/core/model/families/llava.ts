import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { clipTower } from './clip';
import type { Family, FamilyModel } from './family';
import type { VisionTower } from './imageTower';
import { container, linear, norm } from './module';
import { pixtralTower } from './pixtral';
import { siglipTower } from './siglip';
import {
  baseModelOf,
  featureLayers,
  NAMES_OF_LLAVA,
  NAMES_OF_TOWER,
  visionLanguage,
  type TextFamilies,
} from './visionLanguage';

/** vision_config.model_type → what AutoModel gives. */
export const TOWERS: Readonly<Record<string, (config: ConfigReader) => VisionTower>> = {
  clip_vision_model: clipTower,
  pixtral: pixtralTower,
  siglip_vision_model: siglipTower,
};

/** Of a config within the config, where it names no model_type. */
export const LLAVA_KINDS = { text: 'llama', vision: 'clip_vision_model' } as const;
export const MISTRAL3_KINDS = { text: 'mistral', vision: 'pixtral' } as const;

const LLAVA_VISION = {
  intermediate_size: 4096,
  hidden_size: 1024,
  patch_size: 14,
  image_size: 336,
  num_hidden_layers: 24,
  num_attention_heads: 16,
};
const MISTRAL3_VISION = { patch_size: 14, image_size: 1540 };
const MISTRAL3_TEXT = {
  head_dim: 128,
  hidden_size: 5120,
  intermediate_size: 32768,
  num_hidden_layers: 40,
  vocab_size: 131072,
};

/** models/llava/modeling_llava.py */
export function llava(texts: TextFamilies): Family {
  return (config) => {
    const { text, tower } = parts(config, texts, LLAVA_KINDS, { vision: LLAVA_VISION, text: {} });
    const { hiddenSize } = text.sizes;
    const bias = config.flag('multimodal_projector_bias', true);
    return visionLanguage({
      prefix: 'Llava',
      children: {
        vision_tower: tower.node,
        multi_modal_projector: container(
          'LlavaMultiModalProjector',
          {
            linear_1: linear(tower.hiddenSize * featureLayers(config), hiddenSize, bias),
            act: activation(config, 'projector_hidden_act', 'gelu'),
            linear_2: linear(hiddenSize, hiddenSize, bias),
          },
          { part: 'projector' },
        ),
        language_model: baseModelOf(text),
      },
      language: 'language_model',
      text,
      // LlavaConfig.__post_init__: the text model's own word counts too.
      tied: config.flag('tie_word_embeddings', false) || Object.keys(text.ties).length > 0,
      tensors: { renamed: [...NAMES_OF_LLAVA, ...NAMES_OF_TOWER] },
    });
  };
}

/** models/mistral3/modeling_mistral3.py */
export function mistral3(texts: TextFamilies): Family {
  return (config) => {
    const { text, tower } = parts(config, texts, MISTRAL3_KINDS, { vision: MISTRAL3_VISION, text: MISTRAL3_TEXT });
    const { hiddenSize } = text.sizes;
    const width = tower.hiddenSize;
    const bias = config.flag('multimodal_projector_bias', false);
    const merged = config.size('spatial_merge_size', 2) ** 2;
    return visionLanguage({
      prefix: 'Mistral3',
      children: {
        vision_tower: tower.node,
        multi_modal_projector: container(
          'Mistral3MultiModalProjector',
          {
            norm: norm('Mistral3RMSNorm', width),
            patch_merger: container('Mistral3PatchMerger', { merging_layer: linear(width * merged, width, false) }),
            linear_1: linear(width * featureLayers(config), hiddenSize, bias),
            act: activation(config, 'projector_hidden_act', 'gelu'),
            linear_2: linear(hiddenSize, hiddenSize, bias),
          },
          { part: 'projector' },
        ),
        language_model: baseModelOf(text),
      },
      language: 'language_model',
      text,
      tied: config.flag('tie_word_embeddings', true),
      tensors: { renamed: [...NAMES_OF_LLAVA, ...NAMES_OF_TOWER] },
    });
  };
}

interface Kinds {
  readonly text: string;
  readonly vision: string;
}

function parts(
  config: ConfigReader,
  texts: TextFamilies,
  kinds: Kinds,
  fallback: Readonly<Record<keyof Kinds, Readonly<Record<string, unknown>>>>,
): { readonly text: FamilyModel; readonly tower: VisionTower } {
  const vision = config.nested('vision_config', fallback.vision);
  const text = config.nested('text_config', fallback.text);
  const tower = TOWERS[vision.text('model_type', kinds.vision)];
  const family = texts(text.text('model_type', kinds.text));
  if (tower === undefined || family === null) throw new Error('a kind that visionFamilyOf lets through');
  return { text: family(text), tower: tower(vision) };
}
