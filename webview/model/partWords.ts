import { assertNever } from '../../src/common/assertNever';
import type { LinearFate } from '../../src/protocol/model';
import type { Words } from '../shared/words';
import type { Part } from './map/part';
import type { PartState, Storage } from './partState';

/** "4-bit": how weights are kept, in as few letters as a tag has room for. */
export function storageTag(storage: Storage, { t }: Words): string {
  switch (storage) {
    case 'four':
      return t('4-bit');
    case 'eight':
      return t('8-bit');
    case 'sixteen':
      return t('16-bit');
    case 'thirtyTwo':
      return t('32-bit');
    case 'checkpoint':
      return t('as saved');
    default:
      return assertNever(storage);
  }
}

/** "3,072 × 9,216", "128 × (2,048 × 1,536)" or "3,072". */
export function sizeWords({ sides, length }: Part, { integer }: Words): string {
  if (sides === null) return length === null ? '' : integer(length);
  const matrix = `${integer(sides.inFeatures)} × ${integer(sides.outFeatures)}`;
  return sides.copies === 1 ? matrix : `${integer(sides.copies)} × (${matrix})`;
}

/** What becomes of the weights when the model is loaded. */
export function storageWords({ storage, fate }: PartState, words: Words): string {
  const { t } = words;
  if (fate === null) return '';
  switch (fate.kind) {
    case 'Linear4bit':
      return t('Kept in 4 bits (Linear4bit): about a quarter of the memory, unpacked again for each computation.');
    case 'Linear8bitLt':
      return t('Kept in 8 bits (Linear8bitLt): half the memory of 16-bit weights.');
    case 'kept':
      return keptWords(fate.why, storage, words);
    default:
      return assertNever(fate);
  }
}

function keptWords(why: Extract<LinearFate, { kind: 'kept' }>['why'], storage: Storage, words: Words): string {
  const { t } = words;
  const tag = storageTag(storage, words);
  switch (why) {
    case 'notQuantized':
      return storage === 'checkpoint'
        ? t('Loaded as the checkpoint has it, which is quantised itself.')
        : t('Loaded as it is ({0}): the recipe quantises nothing.', tag);
    case 'outputEmbeddings':
      return t(
        'Stays {0}: errors in the scores of tokens would be heard in every word, so transformers doesn’t quantise it.',
        tag,
      );
    case 'tied':
      return t('Stays {0}: it shares its weights with the embeddings, which can’t be quantised.', tag);
    case 'keepInFp32':
      return t('Stays {0}: its makers ask for full precision here.', tag);
    case 'skipped':
      return t('Stays {0}: this model’s makers, or transformers, except it from quantisation.', tag);
    case 'notLinear':
      return t('Stays {0}: its class is none that bitsandbytes replaces.', tag);
    default:
      return assertNever(why);
  }
}

/** What LoRA does to this part, with its own numbers. `rank`: what it would have as a target. */
export function loraWords(part: Part, { lora, whole }: PartState, words: Words): string {
  const { t, integer, percent } = words;
  if (whole)
    return t(
      'Trained whole (modules_to_save): all of its {0} weights change and are saved with the adapter.',
      integer(part.parameters),
    );
  if (lora === null)
    return part.adaptable ? t('Frozen, without LoRA: it stays as it is.') : t('Frozen: it stays as it is.');
  const share = percent(lora.parameters / Math.max(1, part.parameters));
  const a = `${integer(lora.inFeatures)} × ${integer(lora.r)}`;
  const b = `${integer(lora.r)} × ${integer(lora.outFeatures)}`;
  return lora.matrices === 1
    ? t(
        'LoRA leaves W as it is and learns two thin matrices beside it, A ({0}) and B ({1}): {2} weights are trained instead of {3}, {4}.',
        a,
        b,
        integer(lora.parameters),
        integer(part.parameters),
        share,
      )
    : t(
        'LoRA leaves W as it is and learns two thin matrices beside each of {5} experts, A ({0}) and B ({1}): {2} weights are trained instead of {3}, {4}.',
        a,
        b,
        integer(lora.parameters),
        integer(part.parameters),
        share,
        integer(lora.matrices),
      );
}

/** The state in a word, for those who hear it. */
export function stateWord({ lora, whole }: PartState, { t, integer }: Words): string {
  if (whole) return t('trained whole');
  return lora === null ? t('frozen') : t('LoRA, r {0}', integer(lora.r));
}
