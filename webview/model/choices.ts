import type { Choices } from './context';

/** What an earlier life of the panel kept, whatever it is. */
export function choicesOf(kept: unknown): Choices {
  const compare = typeof kept === 'object' && kept !== null && 'compare' in kept ? kept.compare : null;
  if (typeof compare !== 'object' || compare === null) return { compare: null };
  if ('gpu' in compare && typeof compare.gpu === 'number') return { compare: { gpu: compare.gpu } };
  if ('gigabytes' in compare && typeof compare.gigabytes === 'number')
    return { compare: { gigabytes: compare.gigabytes } };
  return { compare: null };
}
