import { formOfRows, HEAD_ROWS, type RecipeColumns } from '../../core/data/problems/form';
import { rowFindings } from '../../core/data/problems/row';
import type { ReadItem } from '../../core/data/sourceRow';
import type { DatasetProblem } from '../../protocol/sweep';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { readRows } from './readRows';
import { SweepJudge } from './sweepJudge';
import type { Examiner, Swept } from './sweepDrive';
import { rowTokensOf } from './sweepTokens';

/** The rows of files whose rows aren't lines: problems stand where their row begins. */
export function sweptRows(
  path: string,
  columns: RecipeColumns,
  recipe: ResolvedRecipe | null,
  signal: AbortSignal,
): Swept<ReadItem> {
  return {
    batches: readRows(path, { signal }),
    isEnough: (head) => head.length >= HEAD_ROWS,
    begin: async (head) => {
      const form = formOfRows(
        head.flatMap((item) => (item.kind === 'row' ? [item.row.value] : [])),
        columns,
      );
      return new RowExaminer(form, await rowTokensOf(recipe, form, signal));
    },
  };
}

class RowExaminer extends SweepJudge implements Examiner<ReadItem> {
  examine(item: ReadItem): readonly DatasetProblem[] {
    this.rows++;
    if (item.kind === 'problem') {
      const { line, row, reason, column = 1 } = item.problem;
      return [{ ...at(line, row, column - 1), kind: 'badJson', severity: 'error', message: reason, fixes: [] }];
    }
    const { value, line, row } = item.row;
    if (this.form === null) return [];
    const place = at(line, row, 0);
    const findings = [...rowFindings(value, this.form)];
    const hasErrors = findings.some(({ severity }) => severity === 'error');
    const counted = hasErrors ? null : (this.tokens?.examine(item.row) ?? null);
    if (counted !== null) findings.push(counted);
    const found = findings.map(({ kind, severity, message }) =>
      Object.assign({ kind, severity, message, fixes: [] }, place),
    );
    const duplicate = this.duplicates?.examine(value, '', place.line) ?? null;
    return duplicate === null ? found : [...found, { ...duplicate, ...place, fixes: [] }];
  }
}

/** Rows of parquet have no lines: their number stands for it. */
function at(
  line: number | null,
  row: number,
  column: number,
): Pick<DatasetProblem, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const start = line === null ? row : line - 1;
  return { line: start, column, endLine: start, endColumn: column + 1 };
}
