import { describe, expect, test } from 'vitest';
import { applied, marked, problemsIn } from './apply';

const GOOD = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]}';

/** What is written, what is marked, and what the fixes make of it; null: there is no fix. */
const CASES: readonly (readonly [name: string, text: string, mark: string, fixed: string | null])[] = [
  ['a comma behind the last property', '{"messages": [], }', ',', '{"messages": [] }'],
  ['a comma behind the last item', GOOD.replace('}]', '},]'), ',', GOOD],
  [
    'a row that Python printed',
    GOOD.replaceAll('"', "'"),
    "'",
    JSON.stringify(JSON.parse(GOOD)).replaceAll(/([:,])/g, '$1 '),
  ],
  ['NaN', '{"score": NaN}', 'NaN', '{"score": null}'],
  ['-Infinity', '{"score": -Infinity}', '-Infinity', '{"score": null}'],
  ["Python's None", '{"score": None}', 'None', '{"score": null}'],
  ['an unquoted key', '{messages: []}', 'messages', '{"messages": []}'],
  ['a text without an end', '{"content": "Hello', '"Hello', null],
  ['a tab in a text', '{"content": "a\tb"}', '\t', '{"content": "a\\tb"}'],
  ['a NUL in a text', '{"content": "a\0b"}', '\0', '{"content": "a\\u0000b"}'],
  ['an escape that is none', String.raw`{"content": "\alpha"}`, String.raw`\a`, String.raw`{"content": "\\alpha"}`],
  ["an escaped '", String.raw`{"content": "don\'t"}`, String.raw`\'`, `{"content": "don't"}`],
  ['half an escape', String.raw`{"content": "\u12"}`, String.raw`\u`, String.raw`{"content": "\\u12"}`],
  ['two rows on one line', '{"a": 1}{"b": 2}', '{"b": 2}', '{"a": 1}\n{"b": 2}'],
  ['two rows on one line with a comma', '{"a": 1}, {"b": 2}', ', {"b": 2}', '{"a": 1}\n{"b": 2}'],
  ['a comma behind the row', '{"a": 1},', ',', '{"a": 1}'],
  ['words behind the row', '{"a": 1} end', 'end', null],
  ['a missing comma', '{"a": 1 "b": 2}', '"', '{"a": 1 ,"b": 2}'],
  ['a missing colon', '{"a" 1}', '1', null],
  ['a missing value', '{"a": }', '}', null],
  ['a row that ends early', '{"a": [1, 2', '[1, 2', null],
  ['a wrong bracket', '{"a": [1, 2}', '}', null],
  ['a comment', '{"a": 1} // one', '// one', null],
  ['a number with a zero before', '{"a": 012}', '012', null],
  ['a number without an end', '{"a": 1.}', '1.', null],
  ['the bracket of a list', '[', '[', ''],
  ['a comment before a key', '{/* x */ "a": 1}', '/* x */ "a": 1}', null],
];

describe('what is no JSON', () => {
  for (const [name, text, mark, fixed] of CASES)
    test(`${name} is marked where it stands`, () => {
      const problems = problemsIn(text);
      expect(problems.map(({ kind, severity }) => [kind, severity])).toEqual([['badJson', 'error']]);
      const [problem] = problems;
      if (problem === undefined) throw new Error('no problem');
      expect(marked(text, problem)).toBe(mark);
      const [fix] = problem.fixes;
      if (fixed === null) expect(problem.fixes).toEqual([]);
      else if (fix === undefined) throw new Error('no fix');
      else {
        const result = applied(text, fix);
        expect(result).toBe(fixed);
        for (const line of result.split('\n').filter((part) => part !== ''))
          expect(() => JSON.parse(line)).not.toThrow();
      }
    });

  test('one after the other, each fix makes the row better until it is JSON', () => {
    let text = '{"a": [1, 2, ], "b": None, "c": "x\ty", }';
    for (let round = 0; round < 4; round++) {
      const fix = problemsIn(text)[0]?.fixes[0];
      if (fix === undefined) break;
      text = applied(text, fix);
    }
    expect(JSON.parse(text)).toEqual({ a: [1, 2], b: null, c: 'x\ty' });
  });

  test('a row that Python printed keeps its texts: quotes, escapes, what is not ASCII', () => {
    const text = String.raw`{'messages': [{'role': 'user', 'content': "it's \"x\" \\ \x41 \u00e9 \n é 😀"}, {'role': 'assistant', 'content': 'a "quoted" word', 'weight': None, 'ok': True}]}`;
    const fix = problemsIn(text)[0]?.fixes[0];
    if (fix === undefined) throw new Error('no fix');
    expect(JSON.parse(applied(text, fix))).toEqual({
      messages: [
        { role: 'user', content: 'it\'s "x" \\ A é \n é 😀' },
        { role: 'assistant', content: 'a "quoted" word', weight: null, ok: true },
      ],
    });
  });

  test('what nests too deeply is said, without an end of the stack', () => {
    for (const depth of [600, 100_000]) {
      const [problem] = problemsIn('['.repeat(depth));
      expect(problem?.kind).toBe('badJson');
    }
    const deep = `{"messages": ${'['.repeat(2000)}${']'.repeat(2000)}}`;
    expect(problemsIn(deep).map(({ kind }) => kind)).toEqual(['wrongShape']);
  });

  test('blank lines are none', () => {
    expect(problemsIn('')).toEqual([]);
    expect(problemsIn('  \t')).toEqual([]);
  });

  test('a value that is no object', () => {
    for (const text of ['[1, 2]', '"text"', '  12  ', 'null']) {
      const [problem] = problemsIn(text);
      expect(problem?.kind).toBe('notObject');
      if (problem !== undefined) expect(marked(text, problem)).toBe(text.trim());
    }
  });

  test('half of a surrogate pair', () => {
    const text = GOOD.replace('Hi', String.raw`\\ud83d \ud83d\ude00 \ud83d x \ude00`);
    const problems = problemsIn(text);
    expect(problems.map((problem) => [problem.kind, marked(text, problem)])).toEqual([
      ['encoding', String.raw`\ud83d`],
      ['encoding', String.raw`\ude00`],
    ]);
    const fixed = problems.reduceRight(
      (current, problem) => applied(current, problem.fixes[0] ?? problem.fixes[1]!),
      text,
    );
    expect(problemsIn(fixed)).toEqual([]);
    expect(JSON.parse(fixed).messages[0].content).toBe('\\ud83d 😀 \ufffd x \ufffd');
  });
});
