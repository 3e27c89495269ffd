import type { CurveName } from '../../../src/protocol/curvesPanel';
import { formatCurve } from '../../shared/curveValue';
import type { Words } from '../../shared/words';
import type { ShownRun } from '../chart/lines';
import type { XAxis } from '../choices';
import { curveWords } from '../curveWords';
import { readoutAt } from '../readout';

/** A value as a table and a readout show it; Infinity stands for what is no finite number. */
export function valueWords(curve: CurveName, value: number | null, words: Words): string {
  if (value === null || Number.isNaN(value)) return '';
  return Number.isFinite(value) ? formatCurve(curve, value, words) : words.t('not finite');
}

/** "Loss 1.2345", with the run's name where there are several. */
export function spokenValues(
  runs: readonly ShownRun[],
  curves: readonly CurveName[],
  { xAxis, x }: { readonly xAxis: XAxis; readonly x: number | null },
  words: Words,
): string[] {
  return runs.flatMap(({ run }) => {
    const { values } = readoutAt(run, xAxis, x);
    return curves.flatMap((curve) => {
      const value = valueWords(curve, values[curve], words);
      if (value === '') return [];
      const named = `${curveWords(curve, words)} ${value}`;
      return [runs.length > 1 ? `${run.facts.name}: ${named}` : named];
    });
  });
}
