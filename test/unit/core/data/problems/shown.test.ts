import { describe, expect, test } from 'vitest';
import { message } from '../../../../../src/common/message';
import { ShownProblems } from '../../../../../src/core/data/problems/shown';
import type { DatasetProblem, DatasetProblemKind } from '../../../../../src/protocol/sweep';

function problem(line: number, kind: DatasetProblemKind = 'badJson'): DatasetProblem {
  return { kind, severity: 'error', line, column: 0, endLine: line, endColumn: 1, message: message('x'), fixes: [] };
}

const lines = (shown: ShownProblems) => shown.all().map(({ line, kind }) => (kind === 'badJson' ? line : [line, kind]));
const swept = (...problems: readonly DatasetProblem[]): ShownProblems => {
  const shown = new ShownProblems();
  shown.beginSweep();
  shown.swept(problems);
  shown.endSweep('whole');
  return shown;
};
const edited = (line: number) => ({ startLine: line, endLine: line, newLines: 1, keepsLast: false });

describe('the problems shown of a file', () => {
  test('a first sweep shows what it finds as it goes', () => {
    const shown = new ShownProblems();
    shown.beginSweep();
    shown.swept([problem(3)]);
    expect(lines(shown)).toEqual([3]);
    shown.swept([problem(9)]);
    expect(lines(shown)).toEqual([3, 9]);
    expect(shown.isWhole).toBe(false);
    shown.endSweep('whole');
    expect(shown.isWhole).toBe(true);
  });

  test('a later sweep replaces the earlier one at its end', () => {
    const shown = swept(problem(3), problem(9));
    shown.beginSweep();
    shown.swept([problem(9)]);
    expect(lines(shown)).toEqual([3, 9]);
    shown.endSweep('whole');
    expect(lines(shown)).toEqual([9]);
  });

  test('a sweep that is cut short takes nothing away', () => {
    const shown = swept(problem(3), problem(9));
    shown.beginSweep();
    shown.endSweep('cut');
    expect(lines(shown)).toEqual([3, 9]);
  });

  test('what a look at lines tells counts for these lines, apart from duplicates', () => {
    const shown = swept(problem(1), problem(2), problem(2, 'duplicateRow'), problem(7));
    shown.examined(0, 5, [problem(4)]);
    expect(lines(shown)).toEqual([[2, 'duplicateRow'], 4, 7]);
    shown.examined(0, 5, [problem(4)]);
    expect(lines(shown)).toEqual([[2, 'duplicateRow'], 4, 7]);
  });

  test('an edit takes the problems of its lines away until they are looked at, and moves those below', () => {
    const shown = swept(problem(1), problem(2), problem(7));
    shown.examined(6, 2, [problem(7)]);
    shown.change([{ startLine: 2, endLine: 2, newLines: 3, keepsLast: false }]);
    expect(lines(shown)).toEqual([1, 9]);
    expect(shown.isWhole).toBe(false);
    shown.change([edited(1)]);
    expect(lines(shown)).toEqual([9]);
  });

  test('an edit during the first sweep keeps what was found', () => {
    const shown = new ShownProblems();
    shown.beginSweep();
    shown.swept([problem(3), problem(5)]);
    shown.change([edited(3)]);
    expect(lines(shown)).toEqual([5]);
  });

  test('of too many those that were looked at are shown', () => {
    const shown = swept(...Array.from({ length: 10 }, (_, line) => problem(line)));
    shown.examined(8, 2, [problem(8), problem(9)]);
    expect(shown.all(3).map(({ line }) => line)).toEqual([0, 8, 9]);
  });
});
