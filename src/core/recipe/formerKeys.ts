import { type Message, message } from '../../common/message';

export interface FormerKey {
  /** Where its successor stands; null: nothing takes its place. */
  readonly to: readonly string[] | null;
  /** The successor's value as YAML; null: nothing has to be written. Without it the old value holds. */
  readonly value?: (old: unknown) => string | null;
  readonly why: Message;
}

const data = (key: string) => ['train', 'data', key];
const training = (key: string) => ['train', 'training', key];
const memory = (key: string) => ['train', 'memory', key];
const environment = (key: string) => ['train', 'environment', key];
const quantization = (key: string) => ['model', 'quantization_config', key];

const renamed = (to: readonly string[]): FormerKey => ({
  to,
  why: message('It has another name in the libraries of today.'),
});
const otherTool = (to: readonly string[]): FormerKey => ({
  to,
  why: message('That is what other tools call it; here it has the name that Hugging Face uses.'),
});

/**
 * Names that recipes and scripts still have, from older libraries and from other tools. Those of Hugging Face are no
 * longer fields of SFTConfig (trl 1.13.0, transformers 5.18.0): given to it they are a TypeError.
 */
const FORMER_KEYS: Readonly<Record<string, FormerKey>> = {
  max_seq_length: renamed(data('max_length')),
  evaluation_strategy: renamed(environment('eval_strategy')),
  warmup_ratio: { to: training('warmup_steps'), why: message('A warmup_steps below 1 is a share of all steps.') },
  torch_dtype: renamed(['model', 'dtype']),
  processing_class: renamed(['tokenizer', 'tokenizer_name_or_path']),
  per_gpu_train_batch_size: renamed(memory('per_device_train_batch_size')),
  per_gpu_eval_batch_size: renamed(memory('per_device_eval_batch_size')),
  shuffle_dataset: renamed(['data', 'shuffle']),
  chat_template_path: renamed(['tokenizer', 'chat_template']),
  use_flash_attention_2: {
    to: ['model', 'attn_implementation'],
    value: (old) => (old === true ? 'flash_attention_2' : null),
    why: message('The kind of attention is a word now.'),
  },
  group_by_length: { to: null, why: message('It is gone from transformers 5; packing saves more padding.') },
  no_cuda: {
    to: ['model', 'device_map'],
    value: (old) => (old === true ? 'cpu' : null),
    why: message('Where the model goes is said once, in the model section.'),
  },
  use_cpu: {
    to: ['model', 'device_map'],
    value: (old) => (old === true ? 'cpu' : null),
    why: message('Where the model goes is said once, in the model section.'),
  },
  logging_dir: { to: null, why: message('It is gone from transformers 5; curves are kept in the run folder.') },
  overwrite_output_dir: {
    to: null,
    why: message('It is gone from transformers 5; a new run writes over its own checkpoints only.'),
  },
  do_train: { to: null, why: message('Which steps run is what you choose when you run the recipe.') },
  do_eval: { to: null, why: message('Rows are measured when eval_strategy says so.') },
  save_safetensors: { to: null, why: message('Weights are always saved as safetensors.') },
  padding_free: { to: null, why: message('It follows from packing_strategy.') },
  dataset_text_field: { to: null, why: message('data.columns says which column is used, and for what.') },
  dataset_kwargs: { to: null, why: message('The rows are always prepared by the recipe.') },
  model_init_kwargs: { to: null, why: message('Options of loading stand in the model section.') },
  push_to_hub: { to: null, why: message('A recipe only writes files. Upload the saved folder with hf upload.') },
  hub_model_id: { to: null, why: message('A recipe only writes files. Upload the saved folder with hf upload.') },
  token: { to: null, why: message('Secrets do not belong in a recipe: run hf auth login, or set HF_TOKEN.') },
  hub_token: { to: null, why: message('Secrets do not belong in a recipe: run hf auth login, or set HF_TOKEN.') },
  use_auth_token: { to: null, why: message('Secrets do not belong in a recipe: run hf auth login, or set HF_TOKEN.') },
  lora_r: otherTool(['lora', 'r']),
  lora_rank: otherTool(['lora', 'r']),
  rank: otherTool(['lora', 'r']),
  alpha: otherTool(['lora', 'lora_alpha']),
  dropout: otherTool(['lora', 'lora_dropout']),
  lora_target: otherTool(['lora', 'target_modules']),
  lora_target_modules: otherTool(['lora', 'target_modules']),
  base_model: otherTool(['model', 'model_name_or_path']),
  model_name: otherTool(['model', 'model_name_or_path']),
  model_id: otherTool(['model', 'model_name_or_path']),
  dataset: otherTool(['data', 'path']),
  dataset_name: otherTool(['data', 'path']),
  dataset_path: otherTool(['data', 'path']),
  val_set_size: otherTool(['data', 'eval_split']),
  sequence_len: otherTool(data('max_length')),
  cutoff_len: otherTool(data('max_length')),
  sample_packing: otherTool(data('packing')),
  train_on_inputs: {
    to: data('assistant_only_loss'),
    value: (old) => (old === false ? 'true' : null),
    why: message('Hugging Face says it the other way round.'),
  },
  lr: otherTool(training('learning_rate')),
  lr_scheduler: otherTool(training('lr_scheduler_type')),
  epochs: otherTool(training('num_train_epochs')),
  num_epochs: otherTool(training('num_train_epochs')),
  batch_size: otherTool(memory('per_device_train_batch_size')),
  micro_batch_size: otherTool(memory('per_device_train_batch_size')),
  optimizer: otherTool(memory('optim')),
  flash_attention: {
    to: ['model', 'attn_implementation'],
    value: (old) => (old === true ? 'flash_attention_2' : null),
    why: message('The kind of attention is a word now.'),
  },
  quant_type: otherTool(quantization('bnb_4bit_quant_type')),
  compute_dtype: otherTool(quantization('bnb_4bit_compute_dtype')),
  max_tokens: otherTool(['generate', 'max_new_tokens']),
};

export function formerKey(key: string): FormerKey | null {
  return Object.hasOwn(FORMER_KEYS, key) ? (FORMER_KEYS[key] ?? null) : null;
}
