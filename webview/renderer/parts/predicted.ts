import type { Words } from '../../shared/words';

/** What the memory estimate had said of a figure, beside what came to be; null where it had said nothing. */
export function predictedNote(actualBytes: number, predictedBytes: number | null, words: Words): string | null {
  if (predictedBytes === null || predictedBytes === 0) return null;
  const { t } = words;
  if (actualBytes === predictedBytes) return t('as predicted, to the byte');
  const off = actualBytes / predictedBytes - 1;
  return t(
    'predicted {0}, {1}',
    words.megabytes(predictedBytes),
    `${off < 0 ? '−' : '+'}${words.percent(Math.abs(off))}`,
  );
}
