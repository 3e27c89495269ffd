import type { Words } from '../shared/words';

/** Memory of a training: a tiny model's would be 0.1 GiB. */
export function trainingMemory(bytes: number, { megabytes, gibibytes }: Words): string {
  return bytes < 2 ** 30 ? megabytes(bytes) : gibibytes(bytes);
}
