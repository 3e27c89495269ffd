import { formOfLines } from '../../core/data/problems/form';
import { examineLine } from '../../core/data/problems/line';
import type { DatasetProblem, SweepCalls } from '../../protocol/sweep';
import { columnsOf } from './sweepColumns';

/** Looks at lines that an editor shows. */
export function examineLines({
  head,
  lines,
  firstLine,
  recipe,
}: SweepCalls['examineLines']['params']): readonly DatasetProblem[] {
  const form = formOfLines(head, recipe === null ? null : columnsOf(recipe));
  if (form === null && recipe === null) return [];
  return lines.flatMap((text, index) => examineLine(text, firstLine + index, form).problems);
}
