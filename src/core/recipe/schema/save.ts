import { z } from 'zod';
import { about, text } from './fields';

export const saveSchema = z.strictObject({
  output_dir: about(
    text.default('./adapter'),
    'The folder for the finished adapter, its tokenizer and its model card, relative to this file. A former save is replaced only once the new one is whole.',
  ),
  model_card: about(
    z.boolean().default(true),
    'Writes README.md with the recipe, the data, the versions and sample answers.',
  ),
});
