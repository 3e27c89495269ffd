import type { EstimateMachine } from '../../../protocol/model';

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

export function contextBytes({ device }: EstimateMachine): number {
  return device === 'cuda' ? 500 * MIB : 0;
}

export function reserveBytes(atPeak: ReadonlyMap<string, number>, { device }: EstimateMachine): number {
  void atPeak;
  return device === 'cuda' ? 0 : 0;
}
