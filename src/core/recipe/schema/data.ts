import { z } from 'zod';
import { about, optional, positive, text } from './fields';

const columnsSchema = z.strictObject({
  prompt: about(optional(text), 'The column that the user says. Together with completion, instead of messages.'),
  completion: about(optional(text), 'The column that the model shall answer. Together with prompt.'),
  system: about(optional(text), 'The column with a system message for each row, if there is one.'),
  messages: about(optional(text), 'A column that already holds whole conversations: a list of {role, content}.'),
});

export const dataSchema = z.strictObject({
  path: about(
    text,
    'The rows: a .jsonl, .json, .csv, .tsv or .parquet file, also as .gz (relative to this file), or a dataset on the Hub, such as dvgodoy/yoda_sentences.',
  ),
  name: about(optional(text), 'The configuration of a Hub dataset that has several.'),
  split: about(
    text.default('train'),
    'The part of a Hub dataset to train on; its page names them. A file has only train.',
  ),
  columns: about(columnsSchema.prefault({}), 'Which column is said by whom. Leave it out for rows that have messages.'),
  system_prompt: about(
    optional(text),
    'A system message put before every conversation. Use the same one when you ask the model later.',
  ),
  limit: about(optional(positive), 'Takes only the first rows: for a quick trial.'),
  eval_split: about(
    optional(z.union([z.number().gt(0), text])),
    'Rows kept apart to measure on: a share below 1, a number of rows, or the name of a split.',
  ),
  shuffle: about(
    z.boolean().default(false),
    'Mixes the rows once before they are cut into train and eval parts. The trainer shuffles each epoch anyway.',
  ),
});
