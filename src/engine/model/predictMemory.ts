import type { EstimateFacts } from '../../core/model/estimate/estimate';
import type { EstimateMachine, GpuMemory, MemoryEstimate, ModelRead } from '../../protocol/model';
import type { EventOf, PredictedMemory, ResolvedRecipe } from '../../protocol/trainer';
import { machineHere } from './machineHere';

export interface PredictionAsks {
  readModel(recipe: ResolvedRecipe): Promise<ModelRead>;
  readGpus(): Promise<readonly GpuMemory[]>;
  estimate(facts: EstimateFacts): Promise<MemoryEstimate>;
  /** What a trainer that lives has told of its device; null without one. */
  readonly device: EventOf<'device'> | null;
}

/**
 * What to write into a run's log beside what will be measured; null for a model that can't be read. Rows are taken to be as
 * long as max_length lets them be: their tokens are known only after the tokenizer step.
 */
export async function predictMemory(recipe: ResolvedRecipe, asks: PredictionAsks): Promise<PredictedMemory | null> {
  const read = await asks.readModel(recipe);
  if (read.kind === 'trouble') return null;
  const { recipeSchema } = await import('../../core/recipe/schema/recipe');
  const full = recipeSchema.parse(recipe.sections);
  const gpus = await asks.readGpus();
  const machine = machineHere({ deviceMap: full.model.device_map, gpus, device: asks.device });
  const { structure } = read;
  const estimate = await asks.estimate({ structure, recipe: full, machine, lengths: null });
  return {
    loadedBytes: estimate.loadedBytes,
    preparedBytes: estimate.preparedBytes,
    peakBytes: comparable(machine) ? estimate.peakBytes : null,
  };
}

/** On a CPU the trainer measures the process' resident size, which holds PyTorch itself too (trainer: memory.py). */
function comparable({ device }: EstimateMachine): boolean {
  return device === 'cuda';
}
