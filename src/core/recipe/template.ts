import { targetModulesOf } from '../model/targetModules';
import { valueText } from './edit';

export interface NewRecipe {
  /** Folder or Hub id. */
  readonly model: string;
  /** File or Hub id. */
  readonly dataset: string;
  /** null: the rows already are conversations in a column named `messages`. */
  readonly columns: NewRecipeColumns | null;
  /** Loads the weights in 4 bits. */
  readonly quantised: boolean;
  /** `model_type` of the model's config.json where known: chooses target_modules by name. */
  readonly modelType?: string;
  /** Questions to ask the model before and after. */
  readonly prompts?: readonly string[];
}

export interface NewRecipeColumns {
  readonly prompt?: string;
  readonly completion?: string;
  readonly system?: string;
  readonly messages?: string;
}

/** Asked where nothing better is known: any chat model has an answer to it. */
const ANY_PROMPT = 'Introduce yourself in one sentence.';

/** The text of a first recipe: commented, complete, with defaults for a first try. */
export function newRecipe(options: NewRecipe): string {
  const { model, dataset, quantised, modelType } = options;
  const targets = modelType === undefined ? null : targetModulesOf(modelType);
  const prompts = options.prompts === undefined || options.prompts.length === 0 ? [ANY_PROMPT] : options.prompts;
  return [
    '# # A new recipe',
    '#',
    '# Run the cells from top to bottom, or all at once. Every name is the one Hugging Face uses; point at one to read what',
    '# it does.',
    '#',
    '# **The model.** ' + (quantised ? QUANTISED : FULL),
    'model:',
    `  model_name_or_path: ${valueText(model)}`,
    ...(quantised
      ? [
          '  quantization_config:',
          '    load_in_4bit: true',
          '    bnb_4bit_quant_type: nf4',
          '    bnb_4bit_use_double_quant: true',
          '    bnb_4bit_compute_dtype: auto',
        ]
      : []),
    '',
    '# **The adapter.** The weights of the model stay as they are; only small matrices beside the layers in',
    '# `target_modules` are trained. A larger `r` learns more and takes more memory.',
    'lora:',
    '  r: 8',
    '  lora_alpha: 16',
    '  lora_dropout: 0.05',
    `  target_modules: ${targets === null ? 'all-linear' : valueText(targets)}`,
    '',
    '# **The data.** ' + (options.columns === null ? CONVERSATIONS : COLUMNS),
    'data:',
    `  path: ${valueText(dataset)}`,
    ...columnLines(options.columns),
    '',
    '# **The tokenizer.** Text becomes numbers here. Look at its output: which tokens are learnt, and whether rows are cut.',
    '# Left empty, it takes the chat template of the model and a padding token that is safe.',
    'tokenizer:',
    '  pad_token: null',
    '',
    '# **The training.** When memory runs out, halve `per_device_train_batch_size` and double',
    '# `gradient_accumulation_steps`. Watch the loss fall; where it jumps, lower `learning_rate`.',
    'train:',
    '  memory:',
    '    per_device_train_batch_size: 4',
    '    gradient_accumulation_steps: 4',
    '    gradient_checkpointing: true',
    '  data:',
    '    max_length: 1024',
    '  training:',
    '    num_train_epochs: 3',
    '    learning_rate: 2.0e-4',
    '    seed: 42',
    '  environment:',
    '    logging_steps: 5',
    '',
    '# **Did it work?** The same prompts go to the model without and with the adapter. Best are some that are not in',
    '# the data.',
    'generate:',
    '  prompts:',
    ...prompts.map((prompt) => `    - ${valueText(prompt)}`),
    '  max_new_tokens: 128',
    '',
    '# **Keep it.** Writes the adapter, to load beside the model with PEFT.',
    'save:',
    '  output_dir: ./adapter',
    '',
  ].join('\n');
}

const QUANTISED = 'Its weights are loaded in 4 bits (NF4), in about a quarter of the memory.';
const FULL = 'Its weights are loaded in full precision. Where memory is short, add a `quantization_config`.';
const COLUMNS = 'Each row becomes a short conversation: `columns` says who says which column.';
const CONVERSATIONS = 'Each row holds a conversation: a list of messages with role and content.';

function columnLines(columns: NewRecipeColumns | null): string[] {
  const { prompt, completion, system, messages } = columns ?? {};
  const lines = Object.entries({ prompt, completion, system, messages }).flatMap(([role, name]) =>
    name === undefined ? [] : [`    ${role}: ${valueText(name)}`],
  );
  return lines.length === 0 ? [] : ['  columns:', ...lines];
}
