import { assertNever } from '../../common/assertNever';
import { type Message, message } from '../../common/message';
import type { Failure } from '../../protocol/trainer';

export interface Explanation {
  /** One sentence: what happened, with the facts. */
  readonly title: Message;
  /** What to do, the likeliest first. Never empty. */
  readonly remedies: readonly Message[];
}

/** Words for a failure of the trainer. `failure.message`, in English, is shown where the facts don't tell enough. */
export function explainFailure(failure: Failure): Explanation {
  const { kind, facts } = failure;
  const fact = (name: string): string => textOf(facts[name]) ?? failure.message;
  switch (kind) {
    case 'outOfMemory':
      return outOfMemory(failure);
    case 'nonFiniteLoss':
      return {
        title: message('The loss or its gradient is no longer a number: {0}', failure.message),
        remedies: [
          message('Lower learning_rate in train.training, for instance to a third.'),
          message('Add warmup_steps: 0.05, so that the first steps are small.'),
          message('With fp16: true, use bf16 where the hardware has it: its range is that of float32.'),
          message('Look at the first batches: an empty or broken row shows there.'),
        ],
      };
    case 'interrupted':
      return {
        title: message('Stopped as you asked.'),
        remedies: [
          message('To go on from the last checkpoint, set resume_from_checkpoint: true in train.environment.'),
        ],
      };
    case 'diskFull':
      return {
        title: message('The disk is full: {0}', failure.message),
        remedies: [
          message('Free some space; checkpoints of old runs and ~/.cache/huggingface are usually the largest.'),
          message('Keep fewer checkpoints with save_total_limit: 1 in train.environment.'),
        ],
      };
    case 'missingFile':
      return {
        title: message('A file is missing: {0}', fact('path')),
        remedies: [message('Correct the path. Relative paths start in the folder of the recipe.')],
      };
    case 'permissionDenied':
      return {
        title: message('No permission: {0}', fact('path')),
        remedies: [
          message('Choose a folder that you may write to, or change the permissions of this one.'),
          message('Close other programs that have the file open.'),
        ],
      };
    case 'missingPackage':
      return {
        title: message('The recipe needs a Python package that is not installed: {0}', fact('package')),
        remedies: [
          message('Install it in the environment of the trainer, or remove from the recipe what asks for it.'),
        ],
      };
    case 'invalidRecipe':
      return {
        title: message('The trainer cannot work with this recipe: {0}', failure.message),
        remedies: [message('Change {0} in the recipe.', pathOf(failure))],
      };
    case 'modelNotFound':
      return {
        title: message('The model was not found: {0}', fact('model')),
        remedies: [
          message('Check the spelling of model_name_or_path: a folder, or owner/name on the Hugging Face Hub.'),
          message('A private model needs a token: run hf auth login in a terminal.'),
        ],
      };
    case 'gatedModel':
      return {
        title: message('This model asks for your consent first: {0}', fact('model')),
        remedies: [
          message('Open its page on huggingface.co, sign in and accept its terms.'),
          message('Then run hf auth login in a terminal, with a token that may read it.'),
        ],
      };
    case 'noTargetModules':
      return {
        title: message('LoRA finds no layer to work on: {0}', failure.message),
        remedies: [
          message(
            'Take the names of linear layers from the output of the model cell, or write target_modules: all-linear.',
          ),
        ],
      };
    case 'unsupportedDtype':
      return {
        title: message('This machine cannot compute in that number format: {0}', failure.message),
        remedies: [
          message(
            'Write bf16: auto and fp16: false in train.memory, and bnb_4bit_compute_dtype: auto in quantization_config.',
          ),
        ],
      };
    case 'unsupportedQuantization':
      return {
        title: message('The weights cannot be quantised here: {0}', failure.message),
        remedies: [
          message('Delete quantization_config to load them in full precision; that takes about four times the memory.'),
        ],
      };
    case 'datasetInvalid':
      return {
        title: message('These rows cannot become conversations: {0}', failure.message),
        remedies: [
          message(
            'Set data.columns: which column is the prompt and which the completion, or which holds the messages.',
          ),
          message('In messages, role is system, user, assistant or tool.'),
        ],
      };
    case 'templateInvalid':
      return {
        title: message('The chat template does not work: {0}', failure.message),
        remedies: [
          message('Set tokenizer.chat_template to a template that fits the model; base models often have none.'),
          message('Some templates take no system message: remove system_prompt.'),
        ],
      };
    case 'allLabelsMasked':
      return {
        title: message('Nothing would be trained: the loss ignores every token. {0}', failure.message),
        remedies: [
          message('Raise max_length in train.data: the answers may lie beyond it.'),
          message('Set assistant_only_loss: false in train.data if the template does not mark the answers.'),
        ],
      };
    case 'endNotTrained':
      return {
        title: message('The end of an answer is never learnt: {0}', failure.message),
        remedies: [
          message('In the chat template, move endgeneration behind the token that ends the turn.'),
          message('Or set assistant_only_loss: false in train.data.'),
        ],
      };
    case 'unsafePacking':
      return {
        title: message('Packed this way, examples would see each other: {0}', failure.message),
        remedies: [
          message('Write packing_strategy: wrapped, or packing: false, in train.data.'),
          message('Or install a FlashAttention kernel and write attn_implementation: flash_attention_2 in model.'),
        ],
      };
    case 'network':
      return {
        title: message('The network did not answer: {0}', failure.message),
        remedies: [
          message(
            'Check the connection and the proxy (HTTPS_PROXY), then run the cell again: downloads go on where they stopped.',
          ),
          message(
            'Where huggingface.co is out of reach, set HF_ENDPOINT to a mirror, or give a local folder as the model.',
          ),
        ],
      };
    case 'trainerCrashed':
      return {
        title: message('The trainer ended without a word: {0}', failure.message),
        remedies: [
          message('Often the system ended it for lack of memory: lower per_device_train_batch_size or max_length.'),
          message('Look at the log: its last lines tell what happened.'),
        ],
      };
    case 'missingStep':
    case 'outputInUse':
    case 'missingKernels':
    case 'bitsandbytesLibrary':
    case 'driverTooOld':
    case 'packageVersion':
    case 'tokenizerMismatch':
    case 'killedBySystem':
    case 'unknown':
      return {
        title: message('Something went wrong in the trainer: {0}', failure.message),
        remedies: [message('Look at the log: its last lines tell what happened.')],
      };
    default:
      return assertNever(kind);
  }
}

function outOfMemory(failure: Failure): Explanation {
  const needed = failure.facts['requiredBytes'];
  const free = failure.facts['freeBytes'];
  const title =
    typeof needed === 'number' && typeof free === 'number'
      ? message('Out of memory: {0} GB more were needed, {1} GB were free.', gigabytes(needed), gigabytes(free))
      : message('Out of memory: {0}', failure.message);
  return {
    title,
    remedies: [
      message('Halve per_device_train_batch_size and double gradient_accumulation_steps: the result stays the same.'),
      message('Halve max_length in train.data if the rows are short enough; memory grows with it.'),
      message('Set gradient_checkpointing: true in train.memory: less memory for about a third more time.'),
      message('Load the weights in 4 bits with quantization_config, or take a smaller model.'),
      message('Close other programs that use the same memory.'),
    ],
  };
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function pathOf({ recipePath }: Failure): string {
  return recipePath.length === 0 ? '*.tune.yaml' : recipePath.join('.');
}
