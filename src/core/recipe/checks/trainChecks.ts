import { message } from '../../../common/message';
import { samePath } from '../recipePaths';
import type { Finding } from '../report';
import { type Check, type Checked, error, set, warning } from './checked';

export const trainChecks: Check = function* trainChecks(checked) {
  yield* numberFormats(checked);
  yield* batches(checked);
  yield* schedule(checked);
  yield* evaluation(checked);
  yield* folders(checked);
};

function* numberFormats(checked: Checked): Generator<Finding> {
  const { memory, training } = checked.full.train;
  const { machine } = checked.facts;
  if (memory.bf16 === true && memory.fp16)
    yield error(
      'train.memory.fp16',
      message('bf16 and fp16 are both true.'),
      message('Choose one: bf16 where the hardware has it.'),
      set(checked, 'train.memory.fp16', false),
    );
  if (memory.use_liger_kernel && training.loss_type === 'chunked_nll')
    yield error(
      'train.training.loss_type',
      message('chunked_nll does not go with use_liger_kernel: true.'),
      message('Remove loss_type: with liger it is nll.'),
      set(checked, 'train.training.loss_type', 'nll'),
    );
  if (memory.gradient_checkpointing && memory.gradient_checkpointing_kwargs?.use_reentrant === true)
    yield warning(
      'train.memory.gradient_checkpointing_kwargs',
      message('With use_reentrant: true and frozen weights, gradients can get lost.'),
      message('Write use_reentrant: false.'),
      set(checked, 'train.memory.gradient_checkpointing_kwargs.use_reentrant', false),
    );
  if (machine === undefined) return;
  if (memory.bf16 === true && !machine.bf16)
    yield error(
      'train.memory.bf16',
      message('This machine cannot train in bfloat16.'),
      message('Write bf16: auto.'),
      set(checked, 'train.memory.bf16', 'auto'),
    );
  if (memory.fp16 && machine.device !== 'cuda')
    yield error(
      'train.memory.fp16',
      message('fp16: true needs an NVIDIA GPU.'),
      message('Write fp16: false.'),
      set(checked, 'train.memory.fp16', false),
    );
  if (machine.device !== 'cuda' && /8bit|paged|bnb/.test(memory.optim)) {
    // the trainer puts PyTorch's AdamW in the place of bitsandbytes' (trainer, sft_config.py); others have no twin
    const hasTwin = memory.optim.includes('adamw');
    yield (hasTwin ? warning : error)(
      'train.memory.optim',
      hasTwin
        ? message('{0} needs an NVIDIA GPU; adamw_torch is used in its place.', memory.optim)
        : message('{0} needs an NVIDIA GPU.', memory.optim),
      message('Write optim: adamw_torch.'),
      set(checked, 'train.memory.optim', 'adamw_torch'),
    );
  }
  if (machine.device !== 'cuda' && memory.use_liger_kernel)
    yield error(
      'train.memory.use_liger_kernel',
      message('use_liger_kernel: true needs an NVIDIA GPU.'),
      message('Remove the line.'),
      set(checked, 'train.memory.use_liger_kernel', false),
    );
}

function* batches(checked: Checked): Generator<Finding> {
  const { data } = checked.full.train;
  const flash = (checked.full.model.attn_implementation ?? '').startsWith('flash');
  // trl 1.13.0: bfd turns padding-free on; without a flash kernel nothing keeps the examples in a row apart
  if (data.packing && data.packing_strategy !== 'wrapped' && !flash)
    yield error(
      'train.data.packing_strategy',
      message('With {0} and without flash attention, examples in one row see each other.', data.packing_strategy),
      message('Write packing_strategy: wrapped, or attn_implementation: flash_attention_2 in model.'),
      [
        ...set(checked, 'train.data.packing_strategy', 'wrapped'),
        ...set(checked, 'model.attn_implementation', 'flash_attention_2'),
      ],
    );
  if (data.packing && data.max_length === null)
    yield error(
      'train.data.max_length',
      message('Packing fills rows of max_length tokens, but max_length is null.'),
      message('Write how long a row shall be, such as 1024.'),
      set(checked, 'train.data.max_length', 1024),
    );
  if (data.max_length !== null && data.max_length < 16)
    yield warning(
      'train.data.max_length',
      message('Rows are cut off after {0} tokens: hardly a sentence.', data.max_length),
      message('Look at the lengths that the tokenizer cell shows, and choose more.'),
    );
  if (data.packing && data.packing_strategy === 'wrapped' && data.assistant_only_loss)
    yield warning(
      'train.data.assistant_only_loss',
      message('wrapped cuts rows anywhere: some answers are learnt without their question.'),
      message('Write packing: false to keep each row whole.'),
      set(checked, 'train.data.packing', false),
    );
}

function* schedule(checked: Checked): Generator<Finding> {
  const { training, environment } = checked.full.train;
  if (training.learning_rate > 0.02)
    yield warning(
      'train.training.learning_rate',
      message('A learning rate of {0} is very high: expect the loss to jump.', training.learning_rate),
      message('Usual for LoRA are 1e-4 to 3e-4, for tiny models up to 5e-3.'),
    );
  if (training.lr_scheduler_type === 'reduce_lr_on_plateau' && environment.eval_strategy === 'no')
    yield error(
      'train.training.lr_scheduler_type',
      message('reduce_lr_on_plateau watches the eval rows, but eval_strategy is no.'),
      message('Set data.eval_split and eval_strategy, or choose linear.'),
      set(checked, 'train.training.lr_scheduler_type', 'linear'),
    );
  if (training.lr_scheduler_type === 'constant_with_warmup' && training.warmup_steps === 0)
    yield warning(
      'train.training.warmup_steps',
      message('constant_with_warmup has no warmup while warmup_steps is 0.'),
      message('Write warmup_steps: 0.05 for a twentieth of all steps.'),
      set(checked, 'train.training.warmup_steps', 0.05),
    );
}

function* evaluation(checked: Checked): Generator<Finding> {
  const { environment } = checked.full.train;
  const { eval_strategy: evaluate, save_strategy: save } = environment;
  const split = checked.full.data.eval_split;
  if (evaluate !== 'no' && split === null)
    yield error(
      'train.environment.eval_strategy',
      message('eval_strategy is {0}, but no rows are kept apart to measure on.', evaluate),
      message('Set data.eval_split: 0.1, or eval_strategy: no.'),
      [...set(checked, 'data.eval_split', 0.1), ...set(checked, 'train.environment.eval_strategy', 'no')],
    );
  if (evaluate === 'no' && split !== null)
    yield warning(
      'data.eval_split',
      message('Rows are kept apart by eval_split, but eval_strategy is no: they are never used.'),
      message('Set eval_strategy: epoch in train.environment.'),
      set(checked, 'train.environment.eval_strategy', 'epoch'),
    );
  if (!environment.load_best_model_at_end) return;
  // transformers 5.18.0, TrainingArguments.__post_init__
  const at = 'train.environment.load_best_model_at_end';
  if (evaluate === 'no')
    yield error(
      at,
      message('Without eval_strategy nothing tells which checkpoint is the best.'),
      message('Set data.eval_split and eval_strategy, or load_best_model_at_end: false.'),
      set(checked, at, false),
    );
  else if (save !== evaluate)
    yield error(
      at,
      message('For the best checkpoint, save_strategy ({0}) must be the same as eval_strategy ({1}).', save, evaluate),
      message('Set save_strategy: {0}.', evaluate),
      set(checked, 'train.environment.save_strategy', evaluate),
    );
  else if (evaluate === 'steps') {
    const every = environment.eval_steps ?? environment.logging_steps;
    if (!isMultiple(environment.save_steps, every))
      yield error(
        at,
        message(
          'For the best checkpoint, save_steps ({0}) must be a multiple of eval_steps ({1}).',
          environment.save_steps,
          every,
        ),
        message('Set save_steps: {0}.', every),
        set(checked, 'train.environment.save_steps', every),
      );
  }
}

/** Shares of all steps are compared as transformers does: in millionths. */
function isMultiple(a: number, b: number): boolean {
  if (a >= 1 && b >= 1) return a % b === 0;
  return a < 1 && b < 1 && Math.round(a * 1e6) % Math.round(b * 1e6) === 0;
}

function* folders(checked: Checked): Generator<Finding> {
  const { train, save, model } = checked.full;
  const checkpoints = train.environment.output_dir;
  if (checkpoints !== null && samePath(checkpoints, save.output_dir))
    yield error(
      'save.output_dir',
      message('Checkpoints and the finished adapter would be written into the same folder, {0}.', save.output_dir),
      message('Choose another folder for one of the two.'),
      samePath(checkpoints, './adapter') ? [] : set(checked, 'save.output_dir', './adapter'),
    );
  for (const [at, folder] of [
    ['train.environment.output_dir', checkpoints],
    ['save.output_dir', save.output_dir],
  ] as const) {
    if (folder !== null && samePath(folder, model.model_name_or_path))
      yield error(
        at,
        message('{0} is the folder of the base model: it would be written over.', folder),
        message('Choose another folder.'),
      );
  }
}
