import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Duplicates } from '../../../../../src/core/data/problems/duplicates';
import { SeenRows } from '../../../../../src/core/data/problems/seenRows';
import { applied, MESSAGES, said } from './apply';

function duplicatesIn(lines: readonly string[], seen?: SeenRows) {
  const duplicates = new Duplicates(MESSAGES, seen);
  return lines.flatMap((text, line) => duplicates.examine(JSON.parse(text), text, line) ?? []);
}

const row = (words: string, more = ''): string =>
  `{${more}"messages": [{"role": "user", "content": "${words}"}, {"role": "assistant", "content": "ok"}]}`;

describe('duplicate rows', () => {
  test('name the first line, whatever stands beside the conversation or how it is written', () => {
    const lines = [row('a'), row('b'), row('a', '"id": 7, '), `  ${row('\\u0061')} `];
    const found = duplicatesIn(lines);
    expect(found.map(({ line, column, endColumn }) => [line, column, endColumn])).toEqual([
      [2, 0, lines[2]?.length],
      [3, 2, (lines[3]?.length ?? 0) - 1],
    ]);
    for (const problem of found) expect(said(problem)).toContain('line 1:');
  });

  test('deleting the line leaves the others as they are', () => {
    const lines = [row('a'), row('a'), row('b')];
    const fix = duplicatesIn(lines)[0]?.fixes[0];
    if (fix === undefined) throw new Error('no fix');
    expect(applied(`${lines.join('\n')}\n`, fix)).toBe(`${row('a')}\n${row('b')}\n`);
  });

  test('what differs is none', () => {
    const other = row('a').replace('"ok"', '"ok", "tool_calls": []');
    expect(duplicatesIn([row('a'), row('A'), row('a '), other])).toEqual([]);
  });

  test('the limit is said once, and rows above it are still known', () => {
    const found = duplicatesIn([row('a'), row('b'), row('c'), row('c'), row('a')], new SeenRows(2));
    expect(found.map(({ line, severity }) => [line, severity])).toEqual([
      [1, 'information'],
      [4, 'warning'],
    ]);
  });

  test('the first line is the one that a map would tell, for any texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 5000, minLength: 2000 }), (texts) => {
        const seen = new SeenRows();
        const map = new Map<string, number>();
        for (const [line, text] of texts.entries()) {
          expect(seen.firstLine(text, line)).toBe(map.get(text) ?? null);
          if (!map.has(text)) map.set(text, line);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('a hundred thousand texts that hardly differ are all different', () => {
    const seen = new SeenRows();
    let same = 0;
    for (let index = 0; index < 100_000; index++) if (seen.firstLine(row(String(index)), index) !== null) same++;
    expect(same).toBe(0);
  });
});
