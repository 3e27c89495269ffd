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
  model: about(
    modelSchema,
    'Loads the base model, quantised if you like, and shows its footprint and structure.',
    'https://huggingface.co/docs/transformers/main_classes/model#transformers.PreTrainedModel.from_pretrained',
  ),
  lora: about(
    loraSchema.prefault({}),
    'Puts small trainable matrices beside the layers you pick; everything else stays frozen.',
    'https://huggingface.co/docs/peft/package_reference/lora#peft.LoraConfig',
  ),
  data: about(
    dataSchema,
    'Reads the rows and turns each into a conversation.',
    'https://huggingface.co/docs/trl/dataset_formats',
  ),
  tokenizer: about(
    tokenizerSchema.prefault({}),
    'Turns conversations into tokens, and decides which of them are learnt.',
    'https://huggingface.co/docs/transformers/main_classes/tokenizer',
  ),
  train: about(
    trainSchema.prefault({}),
    'Supervised fine-tuning with TRL’s SFTTrainer: only the adapter learns.',
    'https://huggingface.co/docs/trl/sft_trainer#trl.SFTConfig',
  ),
  generate: about(
    generateSchema.prefault({}),
    'Asks base and tuned model the same: right format, right style, stops by itself?',
    'https://huggingface.co/docs/transformers/main_classes/text_generation#transformers.GenerationConfig',
  ),
  save: about(
    saveSchema.prefault({}),
    'Writes adapter, tokenizer and model card into a folder.',
    'https://huggingface.co/docs/peft/developer_guides/checkpoint',
  ),
});

/** A recipe with every key. */
export type FullRecipe = z.output<typeof recipeSchema>;
/** A recipe as it may be written. */
export type RecipeValues = z.input<typeof recipeSchema>;
