import type {
  EstimateMachine,
  MemoryEstimate,
  MemoryPart,
  MemoryPartKind,
  ModelStructure,
} from '../../../protocol/model';
import { MEMORY_PARTS } from '../../../protocol/model';
import type { FullRecipe } from '../../recipe/schema/recipe';
import { planLora } from '../lora/plan';
import { contextBytes, reserveBytes, workspaceBytes } from './device';
import { effectiveSettings } from './effective';
import { adapterBytes, baseFootprint, copiedBytes } from './footprint';
import { notesOf } from './notes';
import { optimizerOf, takeResident } from './resident';
import { rowLength } from './rowLength';
import { simulate } from './simulate';
import { stepSettings } from './stepSettings';

/** What an estimate is made of. */
export interface EstimateFacts {
  readonly structure: ModelStructure;
  readonly recipe: FullRecipe;
  readonly machine: EstimateMachine;
  /** Tokens of each row; null where rows weren't looked at. */
  readonly lengths: readonly number[] | null;
}

/**
 * Memory that a training takes on its device, from what the model is made of and the recipe: footprints exactly, the peak by
 * going through one step operation by operation. Bytes. Never throws.
 */
export function estimateMemory({ structure, recipe, machine, lengths }: EstimateFacts): MemoryEstimate {
  const effective = effectiveSettings(structure, recipe, machine);
  const plan = planLora(structure, recipe.lora, effective);
  const loaded = baseFootprint(structure, effective, false);
  const prepared = baseFootprint(structure, effective, true);
  const { length, isLimit } = rowLength(structure, recipe, lengths);
  const optimizer = optimizerOf(recipe, structure, plan, machine.device === 'cuda');
  const arena = simulate({
    structure,
    effective,
    plan,
    rows: recipe.train.memory.per_device_train_batch_size,
    length,
    settings: stepSettings(structure, recipe, plan, machine, lengths),
    optimizerMoment: optimizer.moment,
    takeResident: (taking) => {
      takeResident(taking, structure, effective, plan, optimizer, workspaceBytes(machine));
    },
  });
  const beyond = new Map<MemoryPartKind, number>([
    ['reserve', reserveBytes(arena.atPeak, machine) + optimizer.paged],
    ['context', contextBytes(machine)],
  ]);
  const parts: readonly MemoryPart[] = MEMORY_PARTS.map((kind) => ({
    kind,
    bytes: (arena.atPeak.get(kind) ?? 0) + (beyond.get(kind) ?? 0),
  })).filter(({ bytes }) => bytes > 0);
  return {
    loadedBytes: loaded.quantized + loaded.others,
    preparedBytes:
      prepared.quantized + prepared.others + adapterBytes(plan) + copiedBytes(structure, effective, plan, null),
    peakBytes: arena.peak,
    deviceBytes: parts.reduce((total, { bytes }) => total + bytes, 0),
    parts,
    length,
    lengthIsLimit: isLimit,
    notes: notesOf({ structure, recipe, machine, lengths }, effective, optimizer),
  };
}
