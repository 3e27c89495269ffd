import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../../src/core/data/problems/jsonTree';
import { examineLine } from '../../../../../src/core/data/problems/line';
import { RecipeRows } from '../../../../../src/core/data/recipeRows';
import { applied, MESSAGES } from './apply';

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('', ' ', 'Hi', '{"a": 1}', '[]', '\ud83d', '😀', 'x"y\\z\n'),
);
const role = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('user', 'assistant', 'system', 'tool', 'human', 'gpt') },
  { weight: 1, arbitrary: fc.constantFrom('usr', 'Model', '', null, 3) },
);
const content = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(null, 5, {}, [], [{ type: 'text', text: 'a' }], [{ type: 'image' }], [7]) },
);
const call = fc.oneof(
  fc.record({
    type: fc.constant('function'),
    function: fc.record({
      name: fc.constantFrom('f', 3, 'g'),
      arguments: fc.oneof(text, fc.constantFrom({}, null, [], { a: 1 })),
    }),
  }),
  fc.record({ name: fc.constant('f'), arguments: fc.oneof(text, fc.constant({})) }),
  fc.constantFrom('call', { function: null }, { function: {} }),
);
const item = fc.oneof(
  { weight: 8, arbitrary: fc.record({ role, content }) },
  { weight: 2, arbitrary: fc.record({ from: role, value: content }) },
  {
    weight: 2,
    arbitrary: fc.record({
      role,
      content,
      tool_calls: fc.oneof(fc.array(call, { maxLength: 2 }), fc.constantFrom(null, {}, 'x')),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(null, 'text', [], {}) },
);
const conversation = fc.oneof(
  { weight: 9, arbitrary: fc.array(item, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, 'x', '[{"role": "user"}]', {}) },
);
const row = fc.record(
  { messages: conversation, tools: fc.constantFrom(null, '', '[]', [{ a: 1 }], 'x', {}) },
  { requiredKeys: ['messages'] },
);

/** A character or a bracket in the wrong place, something missing, something twice. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(3),
  insert: fc.constantFrom(
    '',
    '"',
    "'",
    '\\',
    ',',
    '{',
    '}',
    '[',
    ']',
    ':',
    '\t',
    '\0',
    'NaN',
    'None',
    '//',
    '😀',
    '{"a": 1}',
    ' ',
  ),
});

function mutated(line: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const start = Math.floor(at * line.length);
  return line.slice(0, start) + insert + line.slice(start + remove);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

describe('any line', () => {
  test('is JSON for us exactly where it is for JSON.parse', () => {
    fc.assert(
      fc.property(row, fc.array(mutation, { maxLength: 3 }), (value, mutations) => {
        const line = mutations.reduce(mutated, JSON.stringify(value));
        expect(readJson(line).ok).toBe(isJson(line));
      }),
      { numRuns: 2000 },
    );
  });

  test('gets problems within the line, and fixes that do what they say', () => {
    fc.assert(
      fc.property(row, fc.array(mutation, { maxLength: 2 }), (value, mutations) => {
        const line = mutations.reduce(mutated, JSON.stringify(value));
        const { problems } = examineLine(line, 0, MESSAGES);
        if (!isJson(line) && line.trim() !== '') expect(problems.map(({ kind }) => kind)).toEqual(['badJson']);
        for (const problem of problems) {
          expect([problem.line, problem.endLine]).toEqual([0, 0]);
          expect(problem.column).toBeGreaterThanOrEqual(0);
          expect(problem.endColumn).toBeGreaterThanOrEqual(problem.column);
          expect(problem.endColumn).toBeLessThanOrEqual(line.length);
          for (const fix of problem.fixes) {
            const after = applied(line, fix);
            expect(after).not.toBe(line);
            // a row that is JSON stays JSON, and the problem is gone from where it was
            if (isJson(line)) expect(isJson(after)).toBe(true);
            const again = examineLine(after.split('\n')[0] ?? '', 0, MESSAGES).problems;
            const isSame = (other: unknown): boolean => JSON.stringify(other) === JSON.stringify(problem);
            // of two equal items in a row the second takes the first's place
            const fewer = again.length < problems.length;
            expect(fewer || !again.some(isSame)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('has an error exactly where the trainer refuses the row', () => {
    const read = RecipeRows.of({ messages: 'messages' }, ['messages', 'tools'], null);
    if (!read.ok) throw new Error('no rows');
    const rows = read.value;
    const refused = (value: Readonly<Record<string, unknown>>, line: string): boolean => {
      try {
        rows.read({ row: 0, line: 1, text: line, value });
        return false;
      } catch {
        return true;
      }
    };
    let refusals = 0;
    fc.assert(
      fc.property(row, (value) => {
        const line = JSON.stringify(value);
        const errors = examineLine(line, 0, MESSAGES).problems.filter(({ severity }) => severity === 'error');
        const isRefused = refused(value, line);
        if (isRefused) refusals++;
        expect([errors.length > 0, errors.map(({ message }) => message.text)]).toEqual([
          isRefused,
          errors.map(({ message }) => message.text),
        ]);
      }),
      { numRuns: 2000 },
    );
    expect(refusals).toBeGreaterThan(100);
  });
});

describe('a row of some millions of characters', () => {
  const big = 'x'.repeat(4_000_000);
  const user = '{"role": "user", "content": "a"}';
  const ROWS: readonly (readonly [string, string, string])[] = [
    ['printed by Python', `{'messages': [{'role': 'user', 'content': '${big}'}]}`, 'badJson'],
    ['with a text that never ends', `{"messages": "${big}`, 'badJson'],
    ['full of escapes', `{"messages": "${String.raw`\n`.repeat(1_000_000)}"}}`, 'badJson'],
    ['full of numbers', `[${'1,'.repeat(500_000)}]`, 'badJson'],
    [
      'with a long text before what is wrong',
      `{"messages": [{"role": "user", "content": "${big}"}, {"role": "usr"}]}`,
      'unknownRole',
    ],
    ['of very many messages', `{"messages": [${`${user},`.repeat(150_000)}${user}]}`, 'noAssistantTurn'],
    [
      'of very many halves of characters',
      `{"messages": [${user.replace('a', String.raw`\ud83d`.repeat(200_000))}]}`,
      'noAssistantTurn',
    ],
  ];
  for (const [name, line, kind] of ROWS)
    test(`${name} has problems, and not too many`, () => {
      const { problems } = examineLine(line, 0, MESSAGES);
      expect(problems.map((problem) => problem.kind)).toContain(kind);
      expect(problems.length).toBeLessThan(40);
    });
});
