import { z } from 'zod';
import { about, count, optional, positive, text, texts } from './fields';

/** peft LoraConfig (tuners/lora/config.py). */
export const loraSchema = z.strictObject({
  r: about(
    positive.default(8),
    'The rank of the two adapter matrices. 8 to 16 is enough for style and format; more learns more and costs memory and file size in proportion.',
  ),
  lora_alpha: about(
    z.number().gt(0).default(16),
    'The adapter counts with lora_alpha / r. Twice r is a good start; change r and this together.',
  ),
  lora_dropout: about(
    z.number().min(0).max(0.99).default(0.05),
    'The share of adapter inputs that is left out at random while training, against learning by heart. 0 is faster.',
  ),
  bias: about(
    z.enum(['none', 'all', 'lora_only']).default('none'),
    'Which bias terms are trained as well. With none, the model without the adapter stays exactly the base model.',
  ),
  task_type: about(
    z.enum(['CAUSAL_LM']).default('CAUSAL_LM'),
    'What the model does. Here always the next token: CAUSAL_LM.',
  ),
  target_modules: about(
    optional(z.union([z.array(text).min(1), text])),
    'The linear layers that get an adapter, by the last part of their name; all-linear for every one, or a regular expression over whole names. Attention and MLP layers together learn best.',
  ),
  exclude_modules: about(
    optional(z.union([texts, text])),
    'Layers that get no adapter although target_modules matches them.',
  ),
  modules_to_save: about(
    optional(texts),
    'Modules that are trained whole and saved with the adapter, such as lm_head or embed_tokens after new tokens. Makes the adapter large.',
  ),
  layers_to_transform: about(
    optional(z.union([z.array(count), count])),
    'The numbers of the blocks that get adapters. Empty: all.',
  ),
  layers_pattern: about(
    optional(z.union([texts, text])),
    'The name of the list of blocks, where layers_to_transform is set and the model calls it something unusual.',
  ),
  rank_pattern: about(
    z.record(z.string(), positive).default({}),
    'Another r for some layers: name or regular expression to rank.',
  ),
  alpha_pattern: about(
    z.record(z.string(), z.number().gt(0)).default({}),
    'Another lora_alpha for some layers: name or regular expression to alpha.',
  ),
  target_parameters: about(
    optional(texts),
    'Parameters that are no linear layer, such as the fused experts of a mixture-of-experts model.',
  ),
  use_rslora: about(
    z.boolean().default(false),
    'Scales by lora_alpha / √r instead of lora_alpha / r, which keeps high ranks stable (Rank-Stabilized LoRA).',
  ),
  use_dora: about(
    z.boolean().default(false),
    'Learns size and direction of the weights apart (DoRA). Often a little better at low ranks, and slower.',
  ),
  init_lora_weights: about(
    z.union([z.boolean(), z.literal('gaussian')]).default(true),
    'How the adapter starts. With true and gaussian it changes nothing at first, as it should; false is for tests. Starts that change the base model, such as pissa, would leave an adapter that does not fit it.',
  ),
});
