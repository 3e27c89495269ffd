import { message } from '../../../common/message';
import type { MemoryLever } from '../../../protocol/model';
import { type FailureContext, gigabytes, numberAt, type RecipeFix, setting, settings, valueAt } from './entry';
import { KEYS } from './keys';
import { lengthKeeping } from './lengths';

/** More buttons nobody reads. */
const MOST = 5;
const ROWS_KEPT = 0.95;

/**
 * What a lever costs a person, the least first: what changes nothing but memory, what only takes longer, what another number
 * format changes a little, and at last what makes another training.
 */
const BY_COST: readonly (readonly string[])[] = [
  ['loss_type', 'attn_implementation', 'dtype'],
  ['bnb_4bit_use_double_quant'],
  ['per_device_train_batch_size', 'gradient_checkpointing', 'use_liger_kernel'],
  ['bf16', 'optim'],
  ['quantization_config'],
  ['max_length', 'lora_dropout'],
  ['r', 'use_dora', 'modules_to_save'],
];

/** Which part of a run the memory was for. */
export type Use = 'weights' | 'training';

/** Changes that take less memory. missingBytes: how much more was asked for than was free; null where nobody knows. */
export function lessMemory(context: FailureContext, use: Use, missingBytes: number | null): readonly RecipeFix[] {
  const { levers } = context;
  const found = levers === null ? [] : byWorth(levers.filter(helps(use)), missingBytes ?? 0).map(fixOf);
  return (found.length > 0 ? found : guessed(context, use)).slice(0, MOST);
}

/** The cheapest that is enough by itself comes first; after those that are enough, what saves most. */
export function byWorth(levers: readonly MemoryLever[], missingBytes: number): readonly MemoryLever[] {
  const enough = (lever: MemoryLever): boolean => lever.savesBytes >= missingBytes;
  return levers.toSorted((a, b) => {
    if (enough(a) !== enough(b)) return enough(a) ? -1 : 1;
    const cheaper = enough(a) ? costOf(a) - costOf(b) : 0;
    return cheaper === 0 ? b.savesBytes - a.savesBytes : cheaper;
  });
}

/** While the weights are loaded, only what makes them smaller helps. */
function helps(use: Use): (lever: MemoryLever) => boolean {
  return ({ changes }) => use === 'training' || changes.some(({ path }) => path[0] === 'model');
}

function fixOf({ changes, message: label, savesBytes }: MemoryLever): RecipeFix {
  return { label, note: message('saves about {0} GB', gigabytes(savesBytes)), changes };
}

function costOf({ changes }: MemoryLever): number {
  const rank = BY_COST.findIndex((keys) => changes.some(({ path }) => keys.includes(path.at(-1) ?? '')));
  return rank < 0 ? BY_COST.length : rank;
}

/** Without an estimate: what the recipe leaves to be gained, the least costly first. */
function guessed(context: FailureContext, use: Use): readonly RecipeFix[] {
  if (context.recipe === null) return [];
  const fixes: RecipeFix[] = [];
  if (use === 'training') {
    const batch = halfBatch(context);
    if (batch !== null) fixes.push(batch);
    if (valueAt(context, KEYS.checkpointing) === false)
      fixes.push(setting(KEYS.checkpointing, true, message('about a third more time')));
  }
  if (valueAt(context, KEYS.dtype) === 'float32') fixes.push(setting(KEYS.dtype, 'auto'));
  if (valueAt(context, KEYS.quantization) === null) fixes.push(fourBits());
  if (use === 'training') {
    const shorter = shorterRows(context);
    if (shorter !== null) fixes.push(shorter);
    if (valueAt(context, KEYS.findBatchSize) === false && (numberAt(context, KEYS.batchSize) ?? 1) > 1)
      fixes.push(setting(KEYS.findBatchSize, true, message('tries smaller batches by itself')));
  }
  return fixes;
}

/** Half the rows at a time and twice as many batches for a step: the same training. */
export function halfBatch(context: FailureContext): RecipeFix | null {
  const batch = numberAt(context, KEYS.batchSize);
  const steps = numberAt(context, KEYS.accumulation) ?? 1;
  if (batch === null || batch < 2) return null;
  const smaller = Math.floor(batch / 2);
  return settings(
    { path: KEYS.batchSize, value: smaller },
    { path: KEYS.accumulation, value: Math.ceil((batch * steps) / smaller) },
    message('the same training, in somewhat more time'),
  );
}

export function fourBits(): RecipeFix {
  return {
    label: message('Load the weights in 4 bits (NF4)'),
    note: message('a quarter of the memory for the weights'),
    changes: [{ path: KEYS.quantization, value: { load_in_4bit: true } }],
  };
}

function shorterRows(context: FailureContext): RecipeFix | null {
  const now = numberAt(context, KEYS.maxLength);
  if (now === null || now <= 64) return null;
  const length = lengthKeeping(context.lengths, ROWS_KEPT);
  if (length !== null && length < now)
    return setting(KEYS.maxLength, length, message('{0}% of the rows stay whole', Math.round(ROWS_KEPT * 100)));
  return setting(KEYS.maxLength, Math.max(64, Math.ceil(now / 2)), message('longer rows are cut off'));
}
