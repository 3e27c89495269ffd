import { describe, expect, test } from 'vitest';
import type { RowForm } from '../../../../../src/core/data/problems/form';
import type { DatasetProblemKind } from '../../../../../src/protocol/sweep';
import { applied, marked, problemsIn } from './apply';

const system = '{"role": "system", "content": "Be brief."}';
const user = '{"role": "user", "content": "Hi"}';
const answer = '{"role": "assistant", "content": "Ho"}';
const call = (args: string): string =>
  `{"role": "assistant", "content": null, "tool_calls": [{"type": "function", "function": {"name": "add", "arguments": ${args}}}]}`;
const tool = '{"role": "tool", "content": "3"}';
const row = (...messages: string[]): string => `{"id": 1.0, "messages": [${messages.join(', ')}]}`;

interface Case {
  readonly name: string;
  readonly text: string;
  readonly kind: DatasetProblemKind;
  readonly severity: 'error' | 'warning' | 'information';
  readonly mark: string;
  /** What the first fix makes of it, which must be fine; null: there is no fix. */
  readonly fixed: string | null;
}

function it(
  name: string,
  text: string,
  [kind, severity, mark]: readonly [DatasetProblemKind, Case['severity'], string],
  fixed: string | null = null,
): Case {
  return { name, text, kind, severity, mark, fixed };
}

const twoUsers = row(user, '{"role": "user", "content": "a \\u00e9 \\"b\\""}', answer);

const CASES: readonly Case[] = [
  it(
    'a role with a typing error',
    row(user, answer.replace('assistant', 'asistant')),
    ['unknownRole', 'error', '"asistant"'],
    row(user, answer),
  ),
  it(
    'a role with a capital',
    row(user.replace('user', 'User'), answer),
    ['unknownRole', 'error', '"User"'],
    row(user, answer),
  ),
  it(
    "another program's role",
    row(user, answer.replace('assistant', 'model')),
    ['unknownRole', 'error', '"model"'],
    row(user, answer),
  ),
  it('a role that is none', row(user, answer, '{"role": "zebra", "content": "x"}'), [
    'unknownRole',
    'error',
    '"zebra"',
  ]),
  it('a role that is a number', row(user, answer, '{"role": 1, "content": "x"}'), ['unknownRole', 'error', '1']),
  it('no role', row(user, answer, '{"content": "x"}'), ['unknownRole', 'error', '{"content": "x"}']),
  it(
    "ShareGPT's roles under role",
    row(user.replace('user', 'human'), answer.replace('assistant', 'gpt')),
    ['unknownRole', 'information', '"human"'],
    row(user, answer),
  ),
  it(
    'two users in a row',
    twoUsers,
    ['rolesDontAlternate', 'warning', '"user"'],
    row('{"role": "user", "content": "Hi\\n\\na \\u00e9 \\"b\\""}', answer),
  ),
  it(
    'two answers in a row',
    row(user, answer, answer),
    ['rolesDontAlternate', 'warning', '"assistant"'],
    row(user, '{"role": "assistant", "content": "Ho\\n\\nHo"}'),
  ),
  it(
    'two users in a row, one with a name, which merging would lose',
    row(user, '{"role": "user", "name": "Eva", "content": "x"}', answer),
    ['rolesDontAlternate', 'warning', '"user"'],
  ),
  it('a system message at the end', row(user, answer, system), ['rolesDontAlternate', 'warning', '"system"']),
  it('an assistant who begins', row(answer, user, answer), ['rolesDontAlternate', 'warning', '"assistant"']),
  it('a tool that nobody called', row(user, tool, answer), ['rolesDontAlternate', 'warning', '"tool"']),
  it('no answer', row(system, user), ['noAssistantTurn', 'error', '"messages"']),
  it('an empty answer', row(user, answer.replace('Ho', '')), ['noAssistantTurn', 'error', '""']),
  it('a last word of the user', row(user, answer, user), ['noAssistantTurn', 'warning', '"user"'], row(user, answer)),
  it('a last word of a tool', row(user, call('{}'), tool), ['noAssistantTurn', 'warning', '"tool"']),
  it('an empty question', row(user.replace('Hi', ' '), answer), ['emptyContent', 'warning', '" "']),
  it('one empty answer of two', row(user, answer.replace('Ho', ''), user, answer), ['emptyContent', 'warning', '""']),
  it(
    'an empty system message',
    row(system.replace('Be brief.', ''), user, answer),
    ['emptyContent', 'information', '""'],
    row(user, answer),
  ),
  it('a content that is null', row(user.replace('"Hi"', 'null'), answer), ['emptyContent', 'error', 'null']),
  it('no content', row('{"role": "user"}', answer), ['emptyContent', 'error', '{"role": "user"}']),
  it(
    'a content that is a number',
    row(user, answer.replace('"Ho"', '42')),
    ['wrongShape', 'error', '42'],
    row(user, answer.replace('Ho', '42')),
  ),
  it('a content that is an object', row(user, answer.replace('"Ho"', '{}')), ['wrongShape', 'error', '{}']),
  it(
    'a picture in the content',
    row('{"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "image"}]}', answer),
    ['wrongShape', 'error', '{"type": "image"}'],
  ),
  it('a message that is a text', row(user, '"Ho"'), ['wrongShape', 'error', '"Ho"']),
  it('no messages', '{"text": "a"}', ['missingColumn', 'error', '{"text": "a"}']),
  it('an empty list', row(), ['wrongShape', 'error', '[]']),
  it(
    'a list written into a text',
    `{"id": 1.0, "messages": ${JSON.stringify(`[${user}, ${answer}]`)}}`,
    ['wrongShape', 'error', JSON.stringify(`[${user}, ${answer}]`)],
    row(user, answer),
  ),
  it(
    'arguments in a text',
    row(user, call(JSON.stringify('{"b": 1.0, "2": 12345678901234567890}')), tool, answer),
    ['toolArguments', 'information', JSON.stringify('{"b": 1.0, "2": 12345678901234567890}')],
    row(user, call('{"b": 1.0, "2": 12345678901234567890}'), tool, answer),
  ),
  it('arguments that are no JSON', row(user, call('"a = 1"'), tool, answer), ['toolArguments', 'error', '"a = 1"']),
  it('arguments in a list', row(user, call('[1, 2]'), tool, answer), ['toolArguments', 'error', '[1, 2]']),
  it(
    'arguments that are null',
    row(user, call('null'), tool, answer),
    ['toolArguments', 'warning', 'null'],
    row(user, call('{}'), tool, answer),
  ),
  it('a call without a name', row(user, call('{}').replace('"name": "add", ', ''), tool, answer), [
    'toolArguments',
    'error',
    '{"arguments": {}}',
  ]),
  it(
    'a call that is no list',
    row(user, '{"role": "assistant", "content": "x", "tool_calls": {"name": "add", "arguments": {}}}'),
    ['toolArguments', 'error', '{"name": "add", "arguments": {}}'],
    row(user, '{"role": "assistant", "content": "x", "tool_calls": [{"name": "add", "arguments": {}}]}'),
  ),
  it('tools that are no list', row(user, answer).replace('"id": 1.0', '"tools": {"a": 1}'), [
    'toolArguments',
    'error',
    '{"a": 1}',
  ]),
];

const FINE: readonly (readonly [string, string])[] = [
  ['a conversation', row(user, answer)],
  ['with a system message', row(system, user, answer, user, answer)],
  ['with a tool', row(user, call('{"a": 1}'), tool, tool, answer)],
  ['with a call in the text', row(user, '{"role": "assistant", "content": "<tool_call>…"}', tool, answer)],
  ['with a call alone', row(user, call('{}'))],
  ['ShareGPT', '{"messages": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Ho"}]}'],
  ['parts of text', row('{"role": "user", "content": [{"type": "text", "text": "Hi"}]}', answer)],
  ['a tool with nothing to say', row(user, call('{}'), tool.replace('3', ''), answer)],
  [
    'keys of other programs',
    row(user, '{"role": "assistant", "content": "Ho", "weight": 1, "reasoning_content": "…"}'),
  ],
];

describe('what is wrong with a conversation', () => {
  for (const { name, text, kind, severity, mark, fixed } of CASES)
    test(name, () => {
      const problems = problemsIn(text);
      expect(problems.map((problem) => [problem.kind, problem.severity, marked(text, problem)])).toEqual([
        [kind, severity, mark],
      ]);
      const fixes = problems[0]?.fixes ?? [];
      if (fixed === null) expect(fixes).toEqual([]);
      const [fix] = fixes;
      if (fixed === null || fix === undefined) return expect(fixed).toBeNull();
      expect(applied(text, fix)).toBe(fixed);
      expect(problemsIn(fixed)).toEqual([]);
    });

  for (const [name, text] of FINE) test(`nothing: ${name}`, () => expect(problemsIn(text)).toEqual([]));

  test('of roles in a row the second is marked, wherever it stands', () => {
    const [problem] = problemsIn(twoUsers);
    expect(problem?.column).toBe(twoUsers.lastIndexOf('"user"'));
  });

  test('a key that stands twice: the last one counts, as it does for the trainer', () => {
    const text = '{"messages": [], "messages": [{"role": "usr", "content": "a"}]}';
    expect(problemsIn(text).map((problem) => marked(text, problem))).toEqual(['"usr"']);
  });
});

describe('rows with columns', () => {
  const form: RowForm = { kind: 'columns', prompt: 'q', completion: 'a', system: 's' };
  const CASES_OF_COLUMNS: readonly (readonly [string, string, DatasetProblemKind | null, string])[] = [
    ['both', '{"q": "x", "a": "y"}', null, ''],
    ['numbers', '{"q": 1, "a": 2.5, "s": null}', null, ''],
    ['no completion', '{"q": "x"}', 'missingColumn', '{"q": "x"}'],
    ['an empty completion', '{"q": "x", "a": " "}', 'emptyContent', '" "'],
    ['a completion that is null', '{"q": "x", "a": null}', 'emptyContent', 'null'],
    ['a completion that is true', '{"q": "x", "a": true}', 'wrongShape', 'true'],
    ['a system column that holds a list', '{"q": "x", "a": "y", "s": []}', 'wrongShape', '[]'],
    [
      'pieces of conversations',
      '{"q": [{"role": "user", "content": "x"}], "a": [{"role": "assistant", "content": "y"}]}',
      null,
      '',
    ],
    [
      'pieces that do not fit',
      '{"q": [{"role": "assistant", "content": "x"}], "a": "y"}',
      'rolesDontAlternate',
      '"assistant"',
    ],
  ];
  for (const [name, text, kind, mark] of CASES_OF_COLUMNS)
    test(name, () => {
      const [first] = problemsIn(text, form);
      expect(first?.kind ?? null).toBe(kind);
      if (first !== undefined) expect(marked(text, first)).toBe(mark);
    });
});
