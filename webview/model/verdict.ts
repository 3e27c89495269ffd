import type { GpuMemory, MemoryEstimate } from '../../src/protocol/model';
import type { Words } from '../shared/words';
import { trainingMemory } from './amount';

/** What the estimate is held against. */
export interface Capacity {
  readonly label: string;
  readonly totalBytes: number;
  /** null: a size to compare with, of which all is free. */
  readonly freeBytes: number | null;
}

export interface Verdict {
  readonly tone: '' | 'good' | 'warn' | 'bad';
  /** "4.6 GiB" */
  readonly amount: string;
  /** "fits" */
  readonly short: string;
  readonly words: string;
}

export function gpuCapacity({ index, name, totalBytes, freeBytes }: GpuMemory): Capacity {
  return { label: `${index}: ${name}`, totalBytes, freeBytes };
}

/** Whether a training fits, in words. */
export function verdictOf({ deviceBytes }: MemoryEstimate, capacity: Capacity | null, words: Words): Verdict {
  const { t, gibibytes } = words;
  const amount = trainingMemory(deviceBytes, words);
  if (capacity === null)
    return {
      tone: '',
      amount,
      short: t('no GPU to compare'),
      words: t('What a training takes at most. Choose a size to compare it with.'),
    };
  const { totalBytes, freeBytes } = capacity;
  const free = freeBytes ?? totalBytes;
  if (deviceBytes <= free)
    return {
      tone: 'good',
      amount,
      short: t('fits in {0}', gibibytes(free)),
      words:
        freeBytes === null
          ? t('It fits: {0} of {1} would be left.', gibibytes(free - deviceBytes), gibibytes(totalBytes))
          : t(
              'It fits: {0} of the {1} that are free now would be left.',
              gibibytes(free - deviceBytes),
              gibibytes(free),
            ),
    };
  if (deviceBytes <= totalBytes)
    return {
      tone: 'warn',
      amount,
      short: t('only {0} free', gibibytes(free)),
      words: t(
        'It fits only if other programs give {0} back: of {1}, {2} are free now.',
        gibibytes(deviceBytes - free),
        gibibytes(totalBytes),
        gibibytes(free),
      ),
    };
  return {
    tone: 'bad',
    amount,
    short: t('doesn’t fit in {0}', gibibytes(totalBytes)),
    words: t(
      'It doesn’t fit: {0} too much for {1}. Below stands what helps.',
      gibibytes(deviceBytes - totalBytes),
      gibibytes(totalBytes),
    ),
  };
}
