import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { chatLine, convertRow } from '../../../../src/core/data/convert';
import type { SourceRow } from '../../../../src/core/data/sourceRow';
import type { Mapping } from '../../../../src/protocol/dataset';
import { columns, jsonRow, openAi, shareGpt, valueRow } from './rowOf';

function line(row: SourceRow | Record<string, unknown>, mapping: Mapping): string {
  const made = chatLine('value' in row && 'row' in row ? (row as SourceRow) : jsonRow(JSON.stringify(row)), mapping);
  return made.ok ? made.value : formatMessage(made.error);
}

function messages(row: SourceRow | Record<string, unknown>, mapping: Mapping): unknown {
  const made = line(row, mapping);
  return made.startsWith('{') ? (JSON.parse(made) as { messages: unknown }).messages : made;
}

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const system = (content: string) => ({ role: 'system', content });
const transcript: Mapping = {
  kind: 'transcript',
  column: 'text',
  markers: { user: '\n\nHuman: ', assistant: '\n\nAssistant: ' },
  ends: ['</s>'],
  system: null,
};

test.each<[string, Record<string, unknown>, Mapping, unknown]>([
  ['as it is', { messages: [user('a'), assistant('b')] }, openAi, [user('a'), assistant('b')]],
  [
    'roles of the mapping come before the common ones',
    {
      messages: [
        { role: 'gpt', content: 'a' },
        { role: 'Alice', content: 'b' },
      ],
    },
    { ...openAi, roles: { gpt: 'user', Alice: 'assistant' } },
    [user('a'), assistant('b')],
  ],
  [
    'common names of roles, however they are written',
    {
      messages: [
        { role: 'Developer', content: 's' },
        { role: 'HUMAN', content: 'a' },
        { role: 'chat-bot', content: 'b' },
      ],
    },
    openAi,
    [system('s'), user('a'), assistant('b')],
  ],
  [
    'an empty system message and an empty answer of a tool',
    { messages: [system(''), user('a'), assistant('b'), { role: 'tool', content: '' }] },
    openAi,
    [system(''), user('a'), assistant('b'), { role: 'tool', content: '' }],
  ],
  [
    'a list of parts stays one',
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }, assistant('b')] },
    openAi,
    [{ role: 'user', content: [{ type: 'text', text: 'a' }] }, assistant('b')],
  ],
  [
    'a system template where there is none',
    { messages: [user('a'), assistant('b')], s: 'kind' },
    { ...openAi, system: 'Be {s}.' },
    [system('Be kind.'), user('a'), assistant('b')],
  ],
  [
    'and none where there is one',
    { messages: [system('x'), user('a'), assistant('b')] },
    { ...openAi, system: 'Be kind.' },
    [system('x'), user('a'), assistant('b')],
  ],
  [
    'a system template that comes out empty',
    { messages: [user('a'), assistant('b')], s: '' },
    { ...openAi, system: '{s}' },
    [user('a'), assistant('b')],
  ],
  [
    'JSON text of a list',
    { messages: ' [{"role":"user","content":"a"},{"role":"assistant","content":"b"}] ' },
    openAi,
    [user('a'), assistant('b')],
  ],
  [
    'a call written as text',
    {
      conversations: [
        { from: 'human', value: 'a' },
        { from: 'function_call', value: '{"name":"f","arguments":{"x":1}}' },
        { from: 'observation', value: '2' },
      ],
    },
    shareGpt,
    [
      user('a'),
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ type: 'function', function: { name: 'f', arguments: { x: 1 } } }],
      },
      { role: 'tool', content: '2' },
    ],
  ],
  [
    'calls written as a list',
    {
      conversations: [
        {
          from: 'function_call',
          value: '[{"name":"f","arguments":{}},{"type":"function","function":{"name":"g","arguments":"{}"}}]',
        },
      ],
    },
    shareGpt,
    [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { type: 'function', function: { name: 'f', arguments: {} } },
          { type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      },
    ],
  ],
  [
    "OpenAI's older function_call",
    { messages: [user('a'), { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":1}' } }] },
    openAi,
    [
      user('a'),
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ type: 'function', function: { name: 'f', arguments: '{"x":1}' } }],
      },
    ],
  ],
  [
    'tool_calls without content get the null of OpenAI',
    { messages: [{ role: 'assistant', tool_calls: [{ name: 'f', arguments: {} }] }] },
    openAi,
    [{ role: 'assistant', tool_calls: [{ name: 'f', arguments: {} }], content: null }],
  ],
  ['two columns', { q: ' a ', a: 'b\n' }, columns('{q}', '{a}'), [user(' a '), assistant('b\n')]],
  ['plain text', { t: 'a' }, columns('', '{t}'), [assistant('a')]],
  ['optional parts', { i: 'x', n: '' }, columns('{i}[[\n\n{n}]]', '{i}'), [user('x'), assistant('x')]],
  [
    'history as pairs, a greeting among them',
    {
      h: [
        [null, 'hi'],
        ['a', 'b'],
      ],
      q: 'c',
      a: 'd',
    },
    columns('{q}', '{a}', { history: 'h' }),
    [assistant('hi'), user('a'), assistant('b'), user('c'), assistant('d')],
  ],
  [
    'history as messages, the system message among them',
    { h: [system('s'), user('a'), assistant('b')], q: 'c', a: 'd' },
    columns('{q}', '{a}', { history: 'h', system: 'other' }),
    [system('s'), user('a'), assistant('b'), user('c'), assistant('d')],
  ],
  [
    'history that is empty',
    { h: [], q: 'c', a: 'd' },
    columns('{q}', '{a}', { history: 'h' }),
    [user('c'), assistant('d')],
  ],
  ['history that is missing', { q: 'c', a: 'd' }, columns('{q}', '{a}', { history: 'h' }), [user('c'), assistant('d')]],
  [
    'lists of messages as prompt and completion',
    { p: [{ from: 'human', value: 'a' }], c: [{ role: 'assistant', content: 'b', weight: 1 }] },
    columns('{p}', '{c}'),
    [user('a'), { ...assistant('b'), weight: 1 }],
  ],
  [
    'a transcript, what stands before it as system message',
    { text: 'Be kind.\n\nHuman: a\n\nAssistant: b</s>' },
    transcript,
    [system('Be kind.'), user('a'), assistant('b')],
  ],
  [
    'a transcript with a system template',
    { text: 'Human: a\n\nAssistant:b', s: 'x' },
    { ...transcript, system: '{s}' },
    [system('x'), user('a'), assistant('b')],
  ],
])('%s', (_, row, mapping, expected) => {
  expect(messages(row, mapping)).toEqual(expected);
  const shown = convertRow(jsonRow(JSON.stringify(row)), mapping);
  expect(shown).toEqual({ ok: true, value: { messages: expected, tools: null } });
});

const broken = (message: unknown): Record<string, unknown> => ({ messages: [user('q'), message, assistant('a')] });
const called = (call: unknown): Record<string, unknown> =>
  broken({ role: 'assistant', content: null, tool_calls: call });

test.each<[Record<string, unknown>, Mapping, string]>([
  [{}, openAi, 'There is no messages in this row.'],
  [{ messages: null }, openAi, 'There is no messages in this row.'],
  [{ messages: 'hello' }, openAi, 'messages is no list: "hello"'],
  [{ messages: { role: 'user' } }, openAi, 'messages is no list: {"role":"user"}'],
  [{ messages: [] }, openAi, 'messages is an empty list.'],
  [broken('x'), openAi, 'messages[1] is no object with role and content: "x"'],
  [broken({ content: 'x' }), openAi, 'messages[1].role is missing: it says who speaks.'],
  [
    broken({ role: 'narrator', content: 'x' }),
    openAi,
    'messages[1].role is "narrator", which is no known role. Say in the mapping which role it is.',
  ],
  [
    broken({ role: 5, content: 'x' }),
    openAi,
    'messages[1].role is 5, which is no known role. Say in the mapping which role it is.',
  ],
  [broken(user('')), openAi, 'messages[1].content is empty: user says nothing.'],
  [broken(assistant(' \n')), openAi, 'messages[1].content is empty: assistant says nothing.'],
  [broken({ role: 'assistant', content: null }), openAi, 'messages[1].content is empty: assistant says nothing.'],
  [broken({ role: 'system' }), openAi, 'messages[1].content is empty: system says nothing.'],
  [broken({ role: 'user', content: 7 }), openAi, 'messages[1].content is no text: 7'],
  [broken({ role: 'user', content: [] }), openAi, 'messages[1].content is empty: user says nothing.'],
  [
    broken({ role: 'user', content: [{ type: 'image_url' }] }),
    openAi,
    'messages[1].content[0] is a part that is no text: {"type":"image_url"}',
  ],
  [
    { conversations: [{ from: 'human', value: 'q', role: 'user' }] },
    shareGpt,
    'conversations[0] has role as well as from: say in the mapping which of them counts.',
  ],
  [{ messages: [user('q')] }, openAi, 'The assistant has no turn: there is nothing to learn from this row.'],
  [called({}), openAi, 'messages[1].tool_calls is no list of tool calls: {}'],
  [called([5]), openAi, 'messages[1].tool_calls[0] does not name the function that is called: 5'],
  [
    called([{ function: { arguments: {} } }]),
    openAi,
    'messages[1].tool_calls[0] does not name the function that is called: {"function":{"arguments":{}}}',
  ],
  [
    called([{ function: { name: 'f', arguments: [1] } }]),
    openAi,
    'messages[1].tool_calls[0].function.arguments is neither an object nor JSON text of one: [1]',
  ],
  [
    called([{ name: 'f', arguments: '[1]' }]),
    openAi,
    'messages[1].tool_calls[0].arguments is neither an object nor JSON text of one: "[1]"',
  ],
  [called([]), openAi, 'messages[1].content is empty: assistant says nothing.'],
  [{ ...broken(user('x')), tools: { name: 'f' } }, openAi, 'tools is no list of tool definitions: {"name":"f"}'],
  [{ ...broken(user('x')), tools: '["f"]' }, openAi, 'tools is no list of tool definitions: "[\\"f\\"]"'],
  [{ conversations: [{ from: 'function_call', value: 5 }] }, shareGpt, 'conversations[0].value is no text: 5'],
  [{ conversations: [{ from: 'function_call', value: '[]' }] }, shareGpt, 'conversations[0].value is an empty list.'],
  [
    { conversations: [{ from: 'function_call', value: '{"arguments":{}}' }] },
    shareGpt,
    'conversations[0].value does not name the function that is called: {"arguments":{}}',
  ],
  [{ q: 'x' }, columns('{q}', '{a}'), 'There is no a in this row.'],
  [{ q: 'x', a: null }, columns('{q}', '{a}'), 'a is empty: assistant says nothing.'],
  [{ q: ' ', r: '', a: 'y' }, columns('{q}{r}', '{a}'), 'q, r is empty: user says nothing.'],
  [
    { q: ['x'], a: 'y' },
    columns('Q: {q}', '{a}'),
    'q holds a list or an object, which can’t stand in a text. Choose another column.',
  ],
  [
    { q: { x: 1 }, a: 'y' },
    columns('{q}', '{a}'),
    'q holds a list or an object, which can’t stand in a text. Choose another column.',
  ],
  [{ q: [], a: 'y' }, columns('{q}', '{a}'), 'q is an empty list.'],
  [{ q: 'x', a: 'y' }, columns('{q', '{a}'), '{q is never closed by }. For a brace itself write {{.'],
  [{ q: 'x', a: 'y', h: 'z' }, columns('{q}', '{a}', { history: 'h' }), 'h is no list: "z"'],
  [
    { q: 'x', a: 'y', h: [['z']] },
    columns('{q}', '{a}', { history: 'h' }),
    'h[0] is no pair of what the user and the assistant said: ["z"]',
  ],
  [{ q: 'x', a: 'y', h: [['z', 5]] }, columns('{q}', '{a}', { history: 'h' }), 'h[0][1] is no text: 5'],
  [{ q: 'x', a: 'y', h: [['', 'z']] }, columns('{q}', '{a}', { history: 'h' }), 'h[0][0] is empty: user says nothing.'],
  [{}, transcript, 'There is no text in this row.'],
  [{ text: ' ' }, transcript, 'text is empty.'],
  [{ text: 'hello' }, transcript, 'text holds none of the markers that say who speaks: "hello"'],
  [{ text: 'Human: hi' }, transcript, 'The assistant has no turn: there is nothing to learn from this row.'],
  [
    { text: 'Human: hi\n\nAssistant: yo</s> and more\n\nHuman: x' },
    transcript,
    'text has text that nobody is said to say: "and more"',
  ],
])('%j: refused in words', (row, mapping, expected) => {
  expect(line(row, mapping)).toBe(expected);
});

test('text that is no JSON where JSON is needed', () => {
  expect(line(called([{ function: { name: 'f', arguments: '{x' } }]), openAi)).toMatch(
    /^messages\[1\]\.tool_calls\[0\]\.function\.arguments is no JSON: .+/,
  );
  expect(line({ ...broken(user('x')), tools: '[{]' }, openAi)).toMatch(/^tools is no JSON: .+/);
  expect(line({ conversations: [{ from: 'tool_call', value: 'f()' }] }, shareGpt)).toMatch(
    /^conversations\[0\]\.value is no JSON: .+/,
  );
});

test('a long value is cut in an error', () => {
  expect(line({ messages: 'x'.repeat(1000) }, openAi)).toBe(`messages is no list: "${'x'.repeat(59)}…`);
  expect(line({ messages: { x: 'x'.repeat(1000) } }, openAi).length).toBeLessThan(100);
});

test('a row nested deeper than the stack is refused, not fatal', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(line(jsonRow(`{"messages":[{"role":"user","content":{"x":${deep}}}]}`), openAi)).toBe(
    'messages[0].content is no text: {…',
  );
  const kept = line(jsonRow(`{"messages":[{"role":"assistant","content":"a","x":${deep}}]}`), openAi);
  expect(kept).toBe(`{"messages":[{"role":"assistant","content":"a","x":${deep}}]}`);
});

test('tools: none, empty, a list, its JSON text', () => {
  const row = { messages: [user('a'), assistant('b')] };
  expect(convertRow(jsonRow(JSON.stringify(row)), openAi)).toMatchObject({ value: { tools: null } });
  for (const none of [null, '']) expect(line({ ...row, tools: none }, openAi)).not.toContain('tools');
  expect(line({ ...row, tools: [] }, openAi)).toMatch(/,"tools":\[\]\}$/);
  expect(line({ ...row, tools: [{ name: 'f' }] }, openAi)).toMatch(/,"tools":\[\{"name":"f"\}\]\}$/);
  expect(line({ ...row, tools: '[\n  {"name": "f"}\n]' }, openAi)).toMatch(/,"tools":\[\{"name": "f"\}\]\}$/);
  expect(line({ ...row, tools: [{ name: 'f' }] }, { ...openAi, tools: null })).not.toContain('tools');
});

test('parquet: what JSON has no word for', () => {
  const template = columns('{n} {when} {bytes} {yes} {none}', '{a}');
  const row = valueRow({
    n: 12345678901234567890n,
    when: new Date('2024-05-06T07:08:09.010Z'),
    bytes: new TextEncoder().encode('é'),
    yes: true,
    none: null,
    a: 1.5,
  });
  expect(messages(row, template)).toEqual([
    user('12345678901234567890 2024-05-06T07:08:09.010Z é true '),
    assistant('1.5'),
  ]);
  expect(line(valueRow({ bytes: new Uint8Array([0xff]), a: 'x' }), columns('{bytes}', '{a}'))).toBe(
    'bytes holds bytes that are no UTF-8 text.',
  );
  expect(line(valueRow({ when: new Date(Number.NaN), a: 'x' }), columns('{when}', '{a}'))).toBe(
    'when is no valid date.',
  );
});

test('parquet: null keys of messages are missing ones', () => {
  const row = valueRow({
    messages: [
      { role: 'user', content: 'a', tool_calls: null, name: null },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 1n, function: { name: 'f', arguments: { x: 2n ** 60n, when: new Date(0), y: null, z: [1, null] } } },
        ],
        name: null,
      },
    ],
    tools: [{ name: 'f', parameters: null }],
  });
  expect(line(row, openAi)).toBe(
    '{"messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":1,"function":{"name":"f",' +
      '"arguments":{"x":1152921504606846976,"when":"1970-01-01T00:00:00.000Z","z":[1,null]}}}],"content":null}],' +
      '"tools":[{"name":"f"}]}',
  );
  const bad = valueRow({ messages: [{ ...assistant('a'), score: Number.NaN }] });
  expect(line(bad, openAi)).toBe('messages[0].score holds NaN, which JSON can’t write.');
});

test('columns named as members of every object are columns only where a row has them', () => {
  expect(line({ a: 'x' }, columns('{toString}', '{a}'))).toBe('There is no toString in this row.');
  expect(messages(jsonRow('{"__proto__":"q","constructor":"a"}'), columns('{__proto__}', '{constructor}'))).toEqual([
    user('q'),
    assistant('a'),
  ]);
});
