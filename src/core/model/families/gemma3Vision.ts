import { container, leaf, norm } from './module';
import { gemma3Text } from './gemma3';
import type { Family } from './family';
import { siglipTower } from './siglip';
import { baseModelOf, NAMES_OF_LLAVA, NAMES_OF_TOWER, visionLanguage } from './visionLanguage';

/** models/gemma3/modeling_gemma3.py, Gemma3ForConditionalGeneration: the larger models of Gemma 3, which see. */
export const gemma3: Family = (config) => {
  const tower = siglipTower(config.nested('vision_config'));
  const text = gemma3Text(config.nested('text_config'));
  return visionLanguage({
    prefix: 'Gemma3',
    children: {
      vision_tower: tower.node,
      multi_modal_projector: container(
        'Gemma3MultiModalProjector',
        { mm_soft_emb_norm: norm('Gemma3RMSNorm', tower.hiddenSize), avg_pool: leaf('AvgPool2d') },
        {
          // A parameter, not nn.Linear: bitsandbytes leaves it alone.
          parameters: { mm_input_projection_weight: [tower.hiddenSize, text.sizes.hiddenSize] },
          part: 'projector',
        },
      ),
      language_model: baseModelOf(text),
    },
    language: 'language_model',
    text,
    tied: config.flag('tie_word_embeddings', true),
    tensors: { renamed: [...NAMES_OF_LLAVA, ...NAMES_OF_TOWER] },
  });
};
