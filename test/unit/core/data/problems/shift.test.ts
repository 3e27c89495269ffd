import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { message } from '../../../../../src/common/message';
import { deletedLine } from '../../../../../src/core/data/problems/place';
import { lineChange, shifted, shiftedLine } from '../../../../../src/core/data/problems/shift';
import type { DatasetProblem } from '../../../../../src/protocol/sweep';
import { applied } from './apply';

function problem(line: number): DatasetProblem {
  const place = { line, column: 0, endLine: line, endColumn: 1 };
  const fixes = [{ title: message('x'), edits: [deletedLine(line)] }];
  return { ...place, kind: 'badJson', severity: 'error', message: message('x'), fixes };
}

describe('problems of a text that changes', () => {
  test('stay with their lines, whatever is changed', () => {
    const position = fc.record({ line: fc.nat(9), column: fc.nat(3) });
    const newText = fc.array(fc.constantFrom('x', '\n'), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(position, position, newText, (one, two, inserted) => {
        const [start, end] =
          one.line < two.line || (one.line === two.line && one.column <= two.column) ? [one, two] : [two, one];
        const change = {
          startLine: start.line,
          startColumn: start.column,
          endLine: end.line,
          endColumn: end.column,
          newText: inserted,
        };
        // each line has a text of its own: "aaa", "bbb", …
        const lines = Array.from({ length: 10 }, (_, line) => String.fromCharCode(97 + line).repeat(3));
        const after = applied(lines.join('\n'), { title: message('x'), edits: [change] }).split('\n');
        const moved = shifted(
          lines.map((_, line) => problem(line)),
          lineChange(change),
        );
        for (const { line, fixes } of moved) {
          expect(lines).toContain(after[line]);
          expect(fixes[0]?.edits[0]?.startLine).toBe(line);
        }
        const kept = lines.flatMap((_, line) => shiftedLine(line, lineChange(change)) ?? []);
        expect(moved.map(({ line }) => line)).toEqual(kept);
      }),
      { numRuns: 2000 },
    );
  });

  test('deleting whole lines takes only their problems', () => {
    const moved = shifted([0, 1, 2, 3].map(problem), lineChange(deletedLine(1)));
    expect(moved.map(({ line }) => line)).toEqual([0, 1, 2]);
  });
});
