import { formOfLines } from '../../core/data/problems/form';
import { examineLine } from '../../core/data/problems/line';
import type { DatasetProblem, SweepCalls } from '../../protocol/sweep';
import { columnsOf } from './sweepColumns';
import { rowTokensOf } from './sweepTokens';

/** Looks at lines that an editor shows. */
export async function examineLines(
  { head, lines, firstLine, recipe }: SweepCalls['examineLines']['params'],
  signal: AbortSignal,
): Promise<readonly DatasetProblem[]> {
  const form = formOfLines(head, recipe === null ? null : columnsOf(recipe));
  if (form === null && recipe === null) return [];
  const tokens = await rowTokensOf(recipe, form, signal);
  return lines.flatMap((text, index) => examineLine(text, firstLine + index, form, tokens).problems);
}
