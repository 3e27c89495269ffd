import type { EstimateMachine, GpuMemory } from '../../protocol/model';
import type { EventOf } from '../../protocol/trainer';

export interface MachineFacts {
  /** model.device_map of the recipe. */
  readonly deviceMap: string;
  readonly gpus: readonly GpuMemory[];
  /** What a trainer that lives has told of its device; null without one. */
  readonly device: EventOf<'device'> | null;
  /** process.platform and process.arch */
  readonly platform: string;
  readonly architecture: string;
}

/** bfloat16 in hardware begins with Ampere (torch.cuda.is_bf16_supported(including_emulation=False)). */
const BF16_FROM = 8;

/** What a run of this recipe would be computed on: trainer/src/tunebook_trainer/devices.py, pick_device. */
export function machineOf(facts: MachineFacts): EstimateMachine {
  const { deviceMap, gpus, device, platform, architecture } = facts;
  if (device !== null) return { device: device.device, bf16: device.bf16, gpu: gpuOf(device) };
  const [wanted = 'auto', number = '0'] = deviceMap.split(':');
  const gpu = gpus[Number(number)] ?? null;
  if (gpu !== null && (wanted === 'auto' || wanted === 'cuda'))
    return { device: 'cuda', bf16: Number.parseFloat(gpu.capability ?? '') >= BF16_FROM, gpu };
  const isApple = platform === 'darwin' && architecture === 'arm64';
  if (wanted === 'mps' || (wanted === 'auto' && isApple)) return { device: 'mps', bf16: false, gpu: null };
  // A recipe for a GPU that isn't here is still told what it would take there.
  if (wanted === 'cuda') return { device: 'cuda', bf16: true, gpu: null };
  return { device: 'cpu', bf16: false, gpu: null };
}

/** What was free before the trainer took its own share: that is what a run of this recipe has. */
function gpuOf({ device, name, memoryBytes, freeMemoryBytes, capability }: EventOf<'device'>): GpuMemory | null {
  if (device !== 'cuda') return null;
  return { index: 0, name, totalBytes: memoryBytes, freeBytes: freeMemoryBytes, capability };
}
