import { html, nothing, type TemplateResult } from 'lit';
import type { EstimateMachine, GpuMemory, MemoryEstimate } from '../../src/protocol/model';
import type { ModelSetting } from '../../src/protocol/modelPanel';
import { select } from '../shared/select';
import type { Words } from '../shared/words';
import type { Choices, ViewContext } from './context';
import { type Capacity, gpuCapacity } from './verdict';

/** What GPUs usually have, in GB as they are sold. */
export const SIZES = [8, 12, 16, 24, 48, 80] as const;

/** bfloat16 in hardware begins with Ampere. */
const BF16_FROM = 8;

/** What the recipe would take, or what a person wants to compare with. */
export function machineFor({ machine, gpus }: ModelSetting, compare: Choices['compare']): EstimateMachine {
  if (compare === null) return machine;
  if ('gigabytes' in compare) return { device: 'cuda', bf16: true, gpu: null };
  const gpu = gpus.find(({ index }) => index === compare.gpu);
  return gpu === undefined ? machine : { device: 'cuda', bf16: isAmpere(gpu), gpu };
}

export function capacityOf(
  { machine, gpus }: ModelSetting,
  compare: Choices['compare'],
  { deviceBytes }: MemoryEstimate,
  words: Words,
): Capacity | null {
  if (compare !== null && 'gigabytes' in compare) return sizeCapacity(compare.gigabytes, words);
  const gpu = (compare === null ? null : gpus.find(({ index }) => index === compare.gpu)) ?? machine.gpu;
  if (gpu !== null) return gpuCapacity(gpu);
  if (machine.device !== 'cuda') return null;
  // A recipe for a GPU, on a machine without: the smallest usual one that would do.
  const enough = SIZES.find((gigabytes) => deviceBytes <= gigabytes * 2 ** 30);
  return sizeCapacity(enough ?? SIZES[SIZES.length - 1] ?? 80, words);
}

function sizeCapacity(gigabytes: number, { t, integer }: Words): Capacity {
  return { label: t('A GPU with {0} GB', integer(gigabytes)), totalBytes: gigabytes * 2 ** 30, freeBytes: null };
}

function isAmpere({ capability }: GpuMemory): boolean {
  return Number.parseFloat(capability ?? '') >= BF16_FROM;
}

/** Which GPU, or which size, the estimate is held against. */
export function comparePicker(setting: ModelSetting, capacity: Capacity | null, context: ViewContext): TemplateResult {
  const { words, choices, choose, ask } = context;
  const { t, integer, gibibytes } = words;
  const { gpus, machine } = setting;
  const options = [
    ...(machine.device === 'cuda' ? [] : [{ value: 'here', label: here(machine, words) }]),
    ...gpus.map(({ index, name, totalBytes, freeBytes }) => ({
      value: `gpu ${index}`,
      label: `GPU ${index}: ${name}`,
      description: t('{0}, of which {1} are free', gibibytes(totalBytes), gibibytes(freeBytes)),
    })),
    ...SIZES.map((gigabytes) => ({ value: `size ${gigabytes}`, label: t('A GPU with {0} GB', integer(gigabytes)) })),
  ];
  return html`
    <div class="compare">
      ${
        gpus.length === 0
          ? html`<span class="quiet">${t('No NVIDIA GPU here: choose a size to compare.')}</span>`
          : html`<span class="quiet">${t('Compared with')}</span>`
      }
      ${select(t('Compared with'), valueOf(setting, choices.compare, capacity), options, (value) => choose({ compare: chosen(value) }))}
      ${
        gpus.length === 0
          ? nothing
          : html`<button type="button" class="link" @click=${() => ask('lookAtGpus', null)}>${t('Look again')}</button>`
      }
    </div>
  `;
}

function here({ device }: EstimateMachine, { t }: Words): string {
  return device === 'mps' ? t('This Mac’s GPU') : t('This computer, without a GPU');
}

function valueOf({ machine }: ModelSetting, compare: Choices['compare'], capacity: Capacity | null): string {
  if (compare !== null) return 'gpu' in compare ? `gpu ${compare.gpu}` : `size ${compare.gigabytes}`;
  if (machine.gpu !== null) return `gpu ${machine.gpu.index}`;
  return capacity === null ? 'here' : `size ${Math.round(capacity.totalBytes / 2 ** 30)}`;
}

function chosen(value: string): Choices['compare'] {
  const [kind, number] = value.split(' ');
  if (kind === 'gpu') return { gpu: Number(number) };
  return kind === 'size' ? { gigabytes: Number(number) } : null;
}
