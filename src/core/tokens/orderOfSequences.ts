import { MersenneTwister } from '../data/mersenneTwister';

/**
 * The order in which the first epoch takes `count` sequences: accelerate's SeedableRandomSampler (data_loader.py) seeds a
 * CPU generator with data_seed, else with the run's seed, plus the number of the epoch, and takes torch.randperm(count).
 */
export function orderOfSequences(count: number, seed: number): number[] {
  const twister = MersenneTwister.ofNumber(seed);
  const order = Array.from({ length: count }, (_, index) => index);
  // randperm_cpu (aten/src/ATen/native/TensorFactories.cpp); from 214,748,364 on it draws 64 bits each.
  for (let index = 0; index < count - 1; index++) {
    const other = index + (twister.next() % (count - index));
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** The batches of one epoch: the last may be smaller (dataloader_drop_last is false). */
export function batchesOf(order: readonly number[], batchSize: number): number[][] {
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, index) =>
    order.slice(index * batchSize, (index + 1) * batchSize),
  );
}
