import { message } from '../../common/message';
import { examineLine, lineTooLong } from '../../core/data/problems/line';
import type { DatasetProblem } from '../../protocol/sweep';
import { firstInvalid } from './badBytes';
import { SweepJudge } from './sweepJudge';
import type { Examiner } from './sweepDrive';
import type { SweptLine } from './sweepLines';

/** Looks at the lines of a file, one after the other. */
export class SweepExaminer extends SweepJudge implements Examiner<SweptLine> {
  examine({ line, text, broken }: SweptLine): readonly DatasetProblem[] {
    if (text === null) {
      this.rows++;
      return [lineTooLong(line)];
    }
    if (broken !== null) {
      this.rows++;
      return [notUtf8(broken, line)];
    }
    if (text.trim() === '') return [];
    this.rows++;
    const { problems, row } = examineLine(text, line, this.form, this.tokens);
    const duplicate = row === null ? null : (this.duplicates?.examine(row, text, line) ?? null);
    return duplicate === null ? problems : [...problems, duplicate];
  }
}

function notUtf8(bytes: Buffer, line: number): DatasetProblem {
  const at = firstInvalid(bytes);
  const column = bytes.toString('utf8', 0, at).length;
  return {
    kind: 'encoding',
    severity: 'error',
    line,
    column,
    endLine: line,
    endColumn: column + 1,
    message: message(
      'Byte {0} of this line, {1}, is not UTF-8. Save the file as UTF-8.',
      at + 1,
      `0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`,
    ),
    fixes: [],
  };
}
