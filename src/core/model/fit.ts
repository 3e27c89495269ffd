import type { EstimateMachine, MemoryEstimate } from '../../protocol/model';

/** others: it would, if other programs gave back what they hold. */
export type Fit = 'yes' | 'others' | 'no';

/** Whether a training fits into the GPU that it would take; null where none is known. */
export function fitOf({ deviceBytes }: MemoryEstimate, { gpu }: EstimateMachine): Fit | null {
  if (gpu === null) return null;
  if (deviceBytes <= gpu.freeBytes) return 'yes';
  return deviceBytes <= gpu.totalBytes ? 'others' : 'no';
}
