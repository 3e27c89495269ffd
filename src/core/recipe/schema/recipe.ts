import { z } from 'zod';
import { dataSchema } from './data';
import { about } from './fields';
import { generateSchema } from './generate';
import { loraSchema } from './lora';
import { modelSchema } from './model';
import { saveSchema } from './save';
import { tokenizerSchema } from './tokenizer';
import { trainSchema } from './train';

/** The recipe: one section a step of the loop. The only source of types, defaults, JSON schema, hovers and tables. */
export const recipeSchema = z.strictObject({
  model: about(modelSchema, 'Loads the base model, quantised if you like, and shows its footprint and structure.'),
  lora: about(
    loraSchema.prefault({}),
    'Puts small trainable matrices beside the layers you pick; everything else stays frozen.',
  ),
  data: about(dataSchema, 'Turns rows into conversations.'),
  tokenizer: about(
    tokenizerSchema.prefault({}),
    'Turns conversations into tokens, and decides which of them are learnt.',
  ),
  train: about(trainSchema.prefault({}), 'Supervised fine-tuning with TRL’s SFTTrainer.'),
  generate: about(
    generateSchema.prefault({}),
    'Asks base and tuned model the same: right format, right style, stops by itself?',
  ),
  save: about(saveSchema.prefault({}), 'Writes adapter, tokenizer and model card.'),
});

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;
