import type { EstimateMachine, MemoryPartKind } from '../../../protocol/model';

const MIB = 1024 * 1024;

/**
 * cuBLAS takes a workspace for each thread that multiplies: the one of the forward pass and the one of the backward pass
 * (aten/src/ATen/cuda/CublasHandlePool.cpp, getChosenWorkspaceSize: 32 MiB on Hopper, 8 MiB and a bit elsewhere).
 */
export function workspaceBytes({ device, gpu }: EstimateMachine): number {
  if (device !== 'cuda') return 0;
  const major = Number.parseInt(gpu?.capability ?? '', 10);
  return 2 * (major === 9 ? 32 * MIB : 4096 * 1024 * 2 + 16 * 1024 * 8);
}

/**
 * Measured, not known: what nvidia-smi shows of a process beyond what PyTorch's allocator holds. On an H100 with CUDA 13 it
 * was 758 MiB in 83 of 96 trainings, 742 to 824 in all (test/fixtures/memory); other cards were not measured.
 */
const CONTEXT = 758 * MIB;

export function contextBytes({ device }: EstimateMachine): number {
  return device === 'cuda' ? CONTEXT : 0;
}

/**
 * Fitted, not known: what the allocator holds beyond what is used depends on the order in which sizes come. Least absolute
 * deviations over the 96 trainings of test/fixtures/memory: half of them are within 2% of what the card showed, all within
 * 12%.
 */
const RESERVE = { ofLogits: 0.3, ofActivations: 0.0125, always: 207 * MIB };

export function reserveBytes(atPeak: ReadonlyMap<MemoryPartKind, number>, { device }: EstimateMachine): number {
  if (device !== 'cuda') return 0;
  const { ofLogits, ofActivations, always } = RESERVE;
  return Math.round((atPeak.get('logits') ?? 0) * ofLogits + (atPeak.get('activations') ?? 0) * ofActivations + always);
}
