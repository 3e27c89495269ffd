import type { Checkpoint } from '../../protocol/model';
import type { ModelWeights } from './structure';

/** What the headers of all files sum up to. */
export function checkpointOf({ tensors, files }: ModelWeights): Checkpoint {
  const elements = new Map<string, number>();
  for (const { dtype, shape } of tensors) {
    const count = shape.reduce((product, size) => product * size, 1);
    elements.set(dtype, (elements.get(dtype) ?? 0) + count);
  }
  return { files, tensors: tensors.length, elements: Object.fromEntries(elements) };
}
