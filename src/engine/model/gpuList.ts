import type { GpuMemory } from '../../protocol/model';

/** One line of nvidia-smi. */
export interface ListedGpu {
  readonly index: number;
  readonly uuid: string;
  /** Null where a process gets another memory than this: nvidia-smi tells none, or the card is cut up (MIG). */
  readonly memory: GpuMemory | null;
}

const MIB = 1024 * 1024;

/** Lines of --format=csv,noheader,nounits: index, uuid, name, MIG mode, total and free MiB, compute capability. */
export function parseGpus(text: string, { capability }: { readonly capability: boolean }): readonly ListedGpu[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const cells = line.split(',').map((cell) => cell.trim());
    const [index = '', uuid = ''] = cells;
    const ends = cells.slice(capability ? -4 : -3);
    const [mig, total = '', free = '', cap = ''] = ends;
    if (!/^\d+$/.test(index) || cells.length < 3 + ends.length) return [];
    const known = /^\d+$/.test(total) && /^\d+$/.test(free) && mig !== 'Enabled';
    const gpu: GpuMemory = {
      index: Number(index),
      // a name may hold commas itself
      name: cells.slice(2, -ends.length).join(', '),
      totalBytes: Number(total) * MIB,
      freeBytes: Number(free) * MIB,
      capability: /^\d+\.\d+$/.test(cap) ? cap : null,
    };
    return [{ index: gpu.index, uuid, memory: known ? gpu : null }];
  });
}

/**
 * Those that CUDA_VISIBLE_DEVICES leaves, in its order, as PyTorch reads it (torch/cuda/__init__.py, _parse_visible_devices and
 * _transform_uuid_to_ordinals): numbers, or starts of UUIDs that mean one card; the first that means none ends the list.
 * Numbers are taken as nvidia-smi counts, which is CUDA's own order where the cards are alike or CUDA_DEVICE_ORDER is
 * PCI_BUS_ID.
 */
export function visibleGpus(listed: readonly ListedGpu[], visible: string | undefined): readonly GpuMemory[] {
  return seen(listed, visible).flatMap(({ memory }) => (memory === null ? [] : [memory]));
}

function seen(listed: readonly ListedGpu[], visible: string | undefined): readonly ListedGpu[] {
  if (visible === undefined) return listed;
  const byUuid = visible.startsWith('GPU-');
  const chosen: ListedGpu[] = [];
  for (const name of visible.split(',').map((part) => part.trim())) {
    const [gpu, other] = byUuid ? withUuid(listed, name) : withIndex(listed, name);
    if (gpu === undefined || other !== undefined) break;
    // named twice: none at all
    if (chosen.includes(gpu)) return [];
    chosen.push(gpu);
  }
  return chosen;
}

function withUuid(listed: readonly ListedGpu[], start: string): readonly ListedGpu[] {
  return start.startsWith('GPU-') ? listed.filter(({ uuid }) => uuid.startsWith(start)) : [];
}

/** As strtoul: "1x" is 1. */
function withIndex(listed: readonly ListedGpu[], text: string): readonly ListedGpu[] {
  const digits = /^\+?(\d+)/.exec(text)?.[1];
  return digits === undefined ? [] : listed.filter(({ index }) => index === Number(digits));
}
