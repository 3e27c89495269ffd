import type { FullRecipe } from '../recipe/schema/recipe';
import type { Batching } from './exampleSequences';

/** Of section train: how rows become batches. */
export function batchingOf({ memory, data, training }: FullRecipe['train']): Batching {
  return {
    maxLength: data.max_length,
    packing: data.packing ? data.packing_strategy : 'no',
    processes: data.dataset_num_proc,
    batchSize: memory.per_device_train_batch_size,
    // accelerate takes data_seed for its sampler, else torch.initial_seed(), which is the run's seed.
    seed: training.data_seed ?? training.seed,
  };
}
