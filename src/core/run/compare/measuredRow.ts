import type { ComparedRow } from '../../../protocol/curvesPanel';
import { type Cell, row } from './row';
import type { Speech } from './speech';

export interface Measured {
  readonly path: readonly string[];
  readonly label: string;
  readonly about?: string;
  readonly values: readonly (number | null)[];
  readonly show: (value: number) => string;
  /** Which one did best; left out where neither more nor less is better. */
  readonly better?: 'lower' | 'higher';
  /** What is as near to the best as this share of it is as good. */
  readonly tolerance?: number;
  /** Tell how far each value is from the first run's. What has a direction tells it anyway. */
  readonly changes?: boolean;
  readonly notes?: readonly (string | null)[];
  /** Then none is the best, and changes mean nothing. */
  readonly caution?: string | null;
}

/** A row of numbers. */
export function measuredRow(measured: Measured, { change }: Speech): ComparedRow | null {
  const { path, label, about = null, values, show, better, notes = [], caution = null } = measured;
  const [first = null] = values;
  const tellsChange = caution === null && (measured.changes === true || better !== undefined);
  const texts = values.map((value) => (value === null ? null : show(value)));
  const cells = values.map((value, run): Cell | null => {
    if (value === null) return null;
    const from = tellsChange && run > 0 && first !== null && texts[run] !== texts[0] ? change(value, first) : null;
    const parts = [from, notes[run] ?? null].filter((part) => part !== null);
    return { text: texts[run] ?? '', exact: value, note: parts.length === 0 ? null : parts.join(' · ') };
  });
  const best = caution !== null || better === undefined ? [] : bestOf(values, texts, better, measured.tolerance ?? 0);
  const differs = new Set(texts).size > 1;
  return row(
    { path, label, about, best, caution: differs && texts.filter((text) => text !== null).length > 1 ? caution : null },
    cells,
  );
}

/** What looks the same is equally good. None is the best where all are, and where there is no second. */
function bestOf(
  values: readonly (number | null)[],
  texts: readonly (string | null)[],
  better: 'lower' | 'higher',
  tolerance: number,
): readonly number[] {
  const finite = values.filter((value) => value !== null && Number.isFinite(value));
  const best = finite.toSorted((a, b) => (better === 'lower' ? Number(a) - Number(b) : Number(b) - Number(a)))[0];
  if (best === undefined || best === null) return [];
  const text = texts[values.indexOf(best)];
  const isBest = (value: number, run: number): boolean =>
    texts[run] === text || Math.abs(value - best) <= Math.abs(best) * tolerance;
  const runs = values.flatMap((value, run) => (value !== null && isBest(value, run) ? [run] : []));
  return runs.length === values.filter((value) => value !== null).length ? [] : runs;
}
