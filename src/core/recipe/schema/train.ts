import { z } from 'zod';
import { about, count, optional, positive, ratio, text } from './fields';

const auto = z.union([z.boolean(), z.literal('auto')]);

/** Those of transformers' OptimizerNames (training_args.py) that need no package beyond the trainer's own. */
const OPTIMIZERS = [
  'adamw_torch',
  'adamw_torch_fused',
  'paged_adamw_8bit',
  'paged_adamw_32bit',
  'adamw_8bit',
  'adamw_bnb_8bit',
  'adafactor',
  'sgd',
  'adagrad',
  'rmsprop',
  'lion_8bit',
  'lion_32bit',
  'paged_lion_8bit',
  'paged_lion_32bit',
  'ademamix',
  'ademamix_8bit',
  'paged_ademamix_8bit',
  'paged_ademamix_32bit',
  'rmsprop_bnb',
  'rmsprop_bnb_8bit',
  'rmsprop_bnb_32bit',
] as const;

/** transformers TrainingArguments and trl SFTConfig, in the chapter's four groups. */
const memorySchema = z.strictObject({
  gradient_checkpointing: about(
    z.boolean().default(true),
    'Computes activations again instead of keeping them: much less memory for about a third more time.',
  ),
  gradient_checkpointing_kwargs: about(
    optional(
      z.strictObject({
        use_reentrant: about(z.boolean(), 'The older way of checkpointing. false unless a model needs it.'),
      }),
    ).default({ use_reentrant: false }),
    'Options of checkpointing. use_reentrant: false is the variant PyTorch recommends; the other one fails with frozen inputs.',
  ),
  per_device_train_batch_size: about(
    positive.default(8),
    'Rows at a time on each device. Halve it when memory runs out, and double gradient_accumulation_steps.',
  ),
  per_device_eval_batch_size: about(
    positive.default(8),
    'Rows at a time while measuring on the eval rows. Only memory and speed depend on it.',
  ),
  gradient_accumulation_steps: about(
    positive.default(1),
    'Adds up this many batches before each step: a larger batch in the same memory, in more time.',
  ),
  auto_find_batch_size: about(
    z.boolean().default(false),
    'When memory runs out, starts again with a smaller batch instead of failing.',
  ),
  optim: about(
    z.enum(OPTIMIZERS).default('adamw_torch'),
    'The optimizer. paged_adamw_8bit keeps its state in 8 bits and moves it to the CPU when memory is short (NVIDIA only); adamw_torch works everywhere.',
  ),
  bf16: about(
    auto.default('auto'),
    'Computes in bfloat16. auto: where the hardware truly has it (NVIDIA Ampere and later).',
  ),
  fp16: about(
    z.boolean().default(false),
    'Computes in float16, for GPUs before Ampere (T4, V100). Not together with bf16, which is safer where it exists.',
  ),
  tf32: about(optional(z.boolean()), 'Lets NVIDIA GPUs compute float32 products faster and a little less exactly.'),
  use_liger_kernel: about(
    z.boolean().default(false),
    'Uses fused kernels of the package liger-kernel: less memory and more speed for known models on NVIDIA GPUs.',
  ),
});

const dataSchema = z.strictObject({
  max_length: about(
    positive.nullable().default(1024),
    'Longer rows are cut off here, in tokens. Look at the lengths in the tokenizer cell before you choose: what is cut, often the end, is never learnt.',
  ),
  packing: about(
    z.boolean().default(false),
    'Puts several rows into one of max_length tokens, so that nothing is wasted on padding.',
  ),
  packing_strategy: about(
    z.enum(['wrapped', 'bfd', 'bfd_split']).default('wrapped'),
    'wrapped cuts one long stream of rows; bfd keeps rows whole but needs flash attention so that they do not see each other.',
  ),
  assistant_only_loss: about(
    z.boolean().default(false),
    'Learns only from the assistant’s words, not from the user’s. Needs a chat template with generation marks; Tunebook brings them for common models.',
  ),
  completion_only_loss: about(
    optional(z.boolean()),
    'Learns only from completions, for rows with prompt and completion. Empty: the training library decides by the form of the rows. In conversations use assistant_only_loss.',
  ),
  dataset_num_proc: about(optional(positive), 'Processes that prepare the data. More only helps with very many rows.'),
  dataloader_num_workers: about(
    count.default(0),
    'Processes that load batches beside the training. 0 is right for text.',
  ),
});

const trainingSchema = z.strictObject({
  num_train_epochs: about(
    z.number().gt(0).default(3),
    'How often each row is seen. More learns the data better, in the end by heart: watch the loss on eval rows.',
  ),
  max_steps: about(
    z.int().min(-1).default(-1),
    'Ends after this many steps, whatever num_train_epochs says. -1: no limit.',
  ),
  learning_rate: about(
    z.number().gt(0).default(2e-4),
    'The size of each step. 1e-4 to 3e-4 suits LoRA on models of billions of parameters; small models want more. Too high: the loss jumps or becomes NaN.',
  ),
  lr_scheduler_type: about(
    z
      .enum([
        'linear',
        'cosine',
        'constant',
        'constant_with_warmup',
        'cosine_with_restarts',
        'polynomial',
        'inverse_sqrt',
        'reduce_lr_on_plateau',
      ])
      .default('linear'),
    'How the learning rate goes on from its start: linear and cosine fall to zero, constant stays. Linear is a good first choice.',
  ),
  warmup_steps: about(
    z.number().min(0).default(0),
    'Steps in which the learning rate grows from zero. Below 1 it is a share of all steps.',
  ),
  weight_decay: about(
    z.number().min(0).default(0),
    'Pulls the adapter’s weights towards zero, against learning by heart. 0.01 to 0.1 where data are few and epochs many.',
  ),
  max_grad_norm: about(
    z.number().min(0).default(1),
    'Cuts gradients that are longer than this, so that one odd batch does no harm. 0.3 calms an unsteady training.',
  ),
  adam_beta1: about(
    ratio.default(0.9),
    'How long AdamW remembers the direction of the last gradients. Leave it but for experiments.',
  ),
  adam_beta2: about(
    ratio.default(0.999),
    'How long AdamW remembers the size of the last gradients. 0.95 forgets sooner, for unsteady losses.',
  ),
  adam_epsilon: about(
    z.number().gt(0).default(1e-8),
    'A small number that keeps AdamW from dividing by zero. Raise it only when float16 becomes unstable.',
  ),
  loss_type: about(
    optional(z.enum(['nll', 'chunked_nll', 'dft'])),
    'How the loss is computed. Empty: the training library’s choice. nll is needed to train lm_head.',
  ),
  neftune_noise_alpha: about(
    optional(z.number().gt(0)),
    'Adds noise to the embeddings while training (NEFTune); 5 is usual, can help chat answers.',
  ),
  label_smoothing_factor: about(
    ratio.default(0),
    'Believes the labels a little less, against being too sure. 0 is right for most fine-tuning.',
  ),
  seed: about(count.default(42), 'The start of chance. The same recipe with the same seed gives the same adapter.'),
  data_seed: about(optional(count), 'Another start of chance for the order of rows only. Empty: seed.'),
});

const environmentSchema = z.strictObject({
  output_dir: about(
    optional(text),
    'The folder for checkpoints, relative to this file. Empty: checkpoints/ in the run’s own folder.',
  ),
  logging_steps: about(
    z.number().gt(0).default(10),
    'A point of the loss curve each this many steps; below 1 a share of all steps. Points cost next to nothing.',
  ),
  save_strategy: about(
    z.enum(['no', 'steps', 'epoch']).default('no'),
    'When checkpoints are saved, to go on from after an interruption. Stopping saves one in any case.',
  ),
  save_steps: about(
    z.number().gt(0).default(500),
    'A checkpoint each this many steps, with save_strategy: steps; below 1 a share of all steps.',
  ),
  save_total_limit: about(
    optional(positive),
    'Keeps only this many of the newest checkpoints. One of a LoRA training is about three times the size of the adapter.',
  ),
  eval_strategy: about(
    z.enum(['no', 'steps', 'epoch']).default('no'),
    'When the eval rows are measured. Needs data.eval_split; costs one pass over them each time.',
  ),
  eval_steps: about(
    optional(z.number().gt(0)),
    'Measures each this many steps, with eval_strategy: steps. Empty: logging_steps.',
  ),
  load_best_model_at_end: about(
    z.boolean().default(false),
    'Goes back to the best checkpoint at the end. Needs eval and save at the same times.',
  ),
  metric_for_best_model: about(optional(text), 'What best means. Empty: the loss on the eval rows.'),
  report_to: about(
    z.enum(['none', 'tensorboard', 'wandb', 'trackio']).default('none'),
    'Where curves go besides Tunebook’s own. Others need their package.',
  ),
  resume_from_checkpoint: about(
    optional(z.union([z.boolean(), text])),
    'Goes on from a checkpoint: its folder, or true for the newest in output_dir. Without output_dir: of the last run that has one.',
  ),
});

export const trainSchema = z.strictObject({
  memory: about(memorySchema.prefault({}), 'What decides whether the training fits into memory, and how fast it goes.'),
  data: about(dataSchema.prefault({}), 'How rows become batches of tokens, and which tokens are learnt.'),
  training: about(trainingSchema.prefault({}), 'How long and how strongly the adapter learns.'),
  environment: about(
    environmentSchema.prefault({}),
    'Where the training writes, and when: log, checkpoints, measurements.',
  ),
});
