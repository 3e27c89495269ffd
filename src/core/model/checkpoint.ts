import type { Checkpoint } from '../../protocol/model';
import type { ModelWeights } from './structure';
import { elementsOf } from './elements';

/** What the headers of all files sum up to. */
export function checkpointOf({ tensors, files }: ModelWeights): Checkpoint {
  const elements = new Map<string, number>();
  for (const { dtype, shape } of tensors) {
    const count = elementsOf(shape);
    elements.set(dtype, (elements.get(dtype) ?? 0) + count);
  }
  return { files, tensors: tensors.length, elements: Object.fromEntries(elements) };
}
