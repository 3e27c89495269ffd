import { z } from 'zod';
import { about, count, optional, positive, text, texts } from './fields';

/** transformers GenerationConfig. */
export const generateSchema = z.strictObject({
  prompts: about(
    z.array(text).default([]),
    'What the user says. Base and tuned model answer the same prompts. Best are sentences that are not in the data.',
  ),
  references: about(optional(texts), 'The answers you hope for, one for each prompt, shown beside the real ones.'),
  system_prompt: about(optional(text), 'The system message before each prompt. Empty: the one of the data section.'),
  max_new_tokens: about(
    positive.default(64),
    'The longest answer in tokens. A model that has learnt to stop ends before.',
  ),
  modes: about(
    z
      .array(z.enum(['greedy', 'sampled']))
      .min(1)
      .default(['greedy']),
    'greedy always takes the likeliest token; sampled draws by chance with temperature, top_p and top_k.',
  ),
  temperature: about(
    z.number().gt(0).default(0.7),
    'How freely sampled answers are drawn. Lower is safer, above 1 gets wild.',
  ),
  top_p: about(
    z.number().gt(0).max(1).default(0.9),
    'Draws only from the likeliest tokens that together have this probability.',
  ),
  top_k: about(count.default(50), 'Draws only from this many of the likeliest tokens. 0: no limit.'),
  repetition_penalty: about(z.number().gt(0).default(1), 'Above 1 makes it less likely to say the same again.'),
  seed: about(count.default(42), 'The start of chance for sampled answers: the same seed gives the same answers.'),
});
