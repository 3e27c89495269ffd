import { type Message, message } from '../../../common/message';
import type { ModelStructure } from '../../../protocol/model';
import { blockShapes } from './blockShape';
import type { Effective } from './effective';
import type { EstimateFacts } from './estimate';
import type { OptimizerMemory } from './optimizer';

/** What an estimate can't know or leaves out, in words. */
export function notesOf(
  { structure, recipe, machine }: EstimateFacts,
  effective: Effective,
  optimizer: OptimizerMemory,
): readonly Message[] {
  const { memory, environment } = recipe.train;
  return [
    ...deviceNotes(machine.device),
    ...structureNotes(structure, effective),
    ...when(
      optimizer.paged > 0,
      message(
        'Up to {0} MB of the optimizer’s state move to the computer’s memory when the GPU’s is short.',
        Math.ceil(optimizer.paged / 1e6),
      ),
    ),
    ...when(
      memory.auto_find_batch_size,
      message('auto_find_batch_size: a batch that doesn’t fit is made smaller until it does.'),
    ),
    ...when(
      environment.eval_strategy !== 'no' && memory.per_device_eval_batch_size > memory.per_device_train_batch_size,
      message('Evaluation with its larger batch isn’t estimated.'),
    ),
  ];
}

function deviceNotes(device: EstimateFacts['machine']['device']): readonly Message[] {
  switch (device) {
    case 'cuda':
      return [];
    case 'mps':
      return [message('On an Apple GPU nothing was measured: its kernels may keep more or less.')];
    default:
      return [message('On a CPU these are tensors alone: Python and its libraries take about 1 GB besides.')];
  }
}

function structureNotes(structure: ModelStructure, { fates }: Effective): readonly Message[] {
  const { basis, quantMethod, prequantized, modules, sizes } = structure;
  const isEightBit = [...fates.values()].some(({ kind }) => kind === 'Linear8bitLt');
  const isForeign = blockShapes(structure, 2).some(({ attention, mlp }) => attention === null || mlp === null);
  return [
    ...when(basis === 'headers', message('How this kind of model computes isn’t known: the peak is a guess.')),
    ...when(
      basis === 'family' && isForeign,
      message('Some layers of this model are of a kind that isn’t estimated: the peak is too low.'),
    ),
    ...when(
      quantMethod !== null && prequantized === null,
      message('The weights are quantised with {0}: they are counted here as if they were not.', quantMethod ?? ''),
    ),
    ...when(
      isEightBit,
      message('Layers in 8 bits keep columns of large numbers, which depend on the data: the peak may be 10% higher.'),
    ),
    ...when(
      modules.some(({ part }) => part !== 'text'),
      message('Rows of text alone: images aren’t estimated.'),
    ),
    ...when(sizes.experts !== null && sizes.experts > 1, message('Of mixtures of experts only Qwen3’s was measured.')),
  ];
}

function when(is: boolean, note: Message): readonly Message[] {
  return is ? [note] : [];
}
