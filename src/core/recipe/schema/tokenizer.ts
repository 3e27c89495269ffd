import { z } from 'zod';
import { about, optional, text } from './fields';

export const tokenizerSchema = z.strictObject({
  tokenizer_name_or_path: about(
    optional(text),
    'Another tokenizer than the model’s own. Rarely right: its numbers must mean the same tokens.',
  ),
  chat_template: about(
    optional(text),
    'Another chat template: the path of a .jinja file or the template itself. Empty: the tokenizer’s own.',
  ),
  pad_token: about(
    optional(text),
    'The token that fills up short rows. It must not be the end token: padding is hidden from training, and a model that never sees its end never stops. Empty: a safe one is chosen.',
  ),
  eos_token: about(optional(text), 'The token that ends a text. Empty: the tokenizer’s own.'),
  padding_side: about(
    z.enum(['right', 'left']).default('right'),
    'The side that is filled up while training. Right is what the training library expects.',
  ),
  use_fast: about(z.boolean().default(true), 'Uses the fast tokenizer written in Rust, which almost every model has.'),
});
