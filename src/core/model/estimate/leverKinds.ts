import { type Message, message } from '../../../common/message';
import type { MemoryEstimate } from '../../../protocol/model';
import type { Change } from './change';
import type { EstimateFacts } from './estimate';
import { hasLiger } from './liger';

/** A change that may take less memory, and what it costs otherwise. */
export interface LeverKind {
  readonly changes: readonly Change[];
  readonly message: Message;
  readonly cost: Message;
}

type Offer = (facts: EstimateFacts, estimate: MemoryEstimate) => LeverKind | null;

const MEMORY = ['train', 'memory'];
/** Shorter rows and smaller ranks are no use to anybody. */
const SHORTEST = 64;
const LEAST_RANK = 4;

const checkpointing: Offer = ({ recipe }) =>
  recipe.train.memory.gradient_checkpointing
    ? null
    : one(
        [...MEMORY, 'gradient_checkpointing'],
        true,
        message('Turn on gradient_checkpointing'),
        message('Activations are computed a second time: about a third more time.'),
      );

const fourBits: Offer = ({ recipe, structure, machine }) => {
  const { quantization_config: now } = recipe.model;
  if (machine.device === 'mps' || structure.quantMethod !== null || now?.load_in_4bit === true) return null;
  const value = {
    load_in_4bit: true,
    load_in_8bit: false,
    bnb_4bit_quant_type: 'nf4',
    bnb_4bit_use_double_quant: true,
    bnb_4bit_compute_dtype: 'auto',
  };
  return one(
    ['model', 'quantization_config'],
    value,
    message('Load the weights in 4 bits (NF4)'),
    message('Steps take longer, and the weights are a little less exact.'),
  );
};

const doubleQuant: Offer = ({ recipe, structure }) => {
  const { quantization_config: now } = recipe.model;
  if (structure.quantMethod !== null || now?.load_in_4bit !== true || now.bnb_4bit_use_double_quant) return null;
  return one(
    ['model', 'quantization_config', 'bnb_4bit_use_double_quant'],
    true,
    message('Turn on bnb_4bit_use_double_quant'),
    message('Hardly anything: constants of the 4-bit weights are quantised, too.'),
  );
};

const halfBatch: Offer = ({ recipe }) => {
  const { per_device_train_batch_size: batch, gradient_accumulation_steps: steps } = recipe.train.memory;
  if (batch < 2) return null;
  const smaller = Math.floor(batch / 2);
  const more = Math.ceil((batch * steps) / smaller);
  return {
    changes: [
      { path: [...MEMORY, 'per_device_train_batch_size'], value: smaller },
      { path: [...MEMORY, 'gradient_accumulation_steps'], value: more },
    ],
    message: message('Take {0} rows at a time and add up {1} batches', smaller, more),
    cost:
      smaller * more === batch * steps
        ? message('The same training, in somewhat more time.')
        : message('Steps of {0} rows instead of {1}, and somewhat more time.', smaller * more, batch * steps),
  };
};

const shorter: Offer = ({ recipe, lengths }, { length }) => {
  const half = Math.max(SHORTEST, Math.ceil(length / 2));
  if (half >= length) return null;
  const cut = lengths?.filter((each) => each > half).length;
  return one(
    ['train', 'data', 'max_length'],
    half,
    message('Set max_length to {0}', half),
    costOfLength(recipe.train.data.packing, cut, lengths?.length),
  );
};

function costOfLength(packing: boolean, cut: number | undefined, rows: number | undefined): Message {
  if (packing) return message('Rows are cut into shorter pieces: less can be learnt across a cut.');
  return cut === undefined || rows === undefined
    ? message('Longer rows are cut off: their ends are never learnt.')
    : message('{0} of {1} rows are cut off: their ends are never learnt.', cut, rows);
}

const optimizer: Offer = ({ recipe, machine }) => {
  const { optim } = recipe.train.memory;
  if (machine.device !== 'cuda' || optim.includes('8bit') || optim === 'adafactor' || optim === 'sgd') return null;
  return one(
    [...MEMORY, 'optim'],
    'paged_adamw_8bit',
    message('Take the optimizer paged_adamw_8bit'),
    message('Its state is kept in 8 bits, and moves to the computer’s memory when the GPU’s is short.'),
  );
};

const rank: Offer = ({ recipe }) => {
  const { r } = recipe.lora;
  if (r <= LEAST_RANK) return null;
  const half = Math.ceil(r / 2);
  return one(
    ['lora', 'r'],
    half,
    message('Set r to {0}', half),
    message(
      'The adapter is half as large and can learn less. lora_alpha / r doubles unless lora_alpha is halved, too.',
    ),
  );
};

const chunked: Offer = ({ recipe }) =>
  recipe.train.training.loss_type === null || recipe.train.training.loss_type === undefined
    ? null
    : one(
        ['train', 'training', 'loss_type'],
        null,
        message('Leave loss_type empty'),
        message('Nothing: the same loss, computed for some tokens at a time.'),
      );

const liger: Offer = ({ recipe, structure, machine }) =>
  recipe.train.memory.use_liger_kernel || machine.device !== 'cuda' || !hasLiger(structure.modelType)
    ? null
    : {
        changes: [
          { path: [...MEMORY, 'use_liger_kernel'], value: true },
          ...(recipe.train.training.loss_type === 'chunked_nll'
            ? [{ path: ['train', 'training', 'loss_type'], value: null }]
            : []),
        ],
        message: message('Turn on use_liger_kernel'),
        cost: message('Needs the package liger-kernel. Faster, too.'),
      };

const attention: Offer = ({ recipe }) =>
  recipe.model.attn_implementation === 'eager'
    ? one(
        ['model', 'attn_implementation'],
        'sdpa',
        message('Set attn_implementation to sdpa'),
        message('Nothing, for nearly all models; faster.'),
      )
    : null;

const weights: Offer = ({ recipe, structure, machine }) =>
  recipe.model.dtype === 'float32' && machine.device !== 'cpu' && structure.dtype !== 'float32'
    ? one(
        ['model', 'dtype'],
        'auto',
        message('Set dtype to auto'),
        message('Weights are loaded as they were published, in 16 bits.'),
      )
    : null;

const mixed: Offer = ({ recipe, machine }) =>
  recipe.train.memory.bf16 === false && !recipe.train.memory.fp16 && machine.bf16
    ? one(
        [...MEMORY, 'bf16'],
        'auto',
        message('Set bf16 to auto'),
        message('Computes in bfloat16: much faster, a little less exact.'),
      )
    : null;

const dora: Offer = ({ recipe }) =>
  recipe.lora.use_dora
    ? one(
        ['lora', 'use_dora'],
        false,
        message('Turn off use_dora'),
        message('Plain LoRA may learn a little less at low r.'),
      )
    : null;

const dropout: Offer = ({ recipe }) =>
  recipe.lora.lora_dropout > 0
    ? one(
        ['lora', 'lora_dropout'],
        0,
        message('Set lora_dropout to 0'),
        message('A small dataset is learnt by heart more easily.'),
      )
    : null;

const saved: Offer = ({ recipe }) =>
  (recipe.lora.modules_to_save ?? []).length > 0
    ? one(
        ['lora', 'modules_to_save'],
        null,
        message('Leave modules_to_save empty'),
        message('These modules are no longer trained: new tokens can’t be learnt.'),
      )
    : null;

export const OFFERS: readonly Offer[] = [
  checkpointing,
  fourBits,
  doubleQuant,
  halfBatch,
  shorter,
  optimizer,
  rank,
  chunked,
  liger,
  attention,
  weights,
  mixed,
  dora,
  dropout,
  saved,
];

function one(path: readonly string[], value: unknown, what: Message, cost: Message): LeverKind {
  return { changes: [{ path, value }], message: what, cost };
}
