import { expect, test } from 'vitest';
import { recognise } from '../../../../src/core/data/recognise';
import type { Detection, Mapping } from '../../../../src/protocol/dataset';

type Rows = readonly Record<string, unknown>[];

const conversation = { kind: 'conversation', tools: null, system: null } as const;
const columns = { kind: 'columns', system: null, history: null, tools: null } as const;

function said(...texts: readonly string[]): Record<string, string>[] {
  return texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }));
}

const known: readonly (readonly [string, Rows, Detection['form'], Detection['confidence'], Mapping])[] = [
  [
    'OpenAI',
    [{ messages: [{ role: 'system', content: 's' }, ...said('a', 'b')] }],
    'messages',
    'certain',
    {
      ...conversation,
      column: 'messages',
      roleKey: 'role',
      contentKey: 'content',
      roles: { system: 'system', user: 'user', assistant: 'assistant' },
    },
  ],
  [
    'OpenAI with tools and calls',
    [
      {
        messages: [
          { role: 'user', content: 'weather?' },
          { role: 'assistant', content: null, tool_calls: [{ function: { name: 'f', arguments: '{}' } }] },
          { role: 'tool', tool_call_id: '1', content: 'rain' },
          { role: 'assistant', content: 'It rains.' },
        ],
        tools: [{ type: 'function', function: { name: 'f' } }],
        parallel_tool_calls: false,
      },
    ],
    'messages',
    'certain',
    {
      ...conversation,
      column: 'messages',
      roleKey: 'role',
      contentKey: 'content',
      roles: { user: 'user', assistant: 'assistant', tool: 'tool' },
      tools: 'tools',
    },
  ],
  [
    'ShareGPT with calls as LLaMA-Factory writes them',
    [
      {
        conversations: [
          { from: 'human', value: 'a' },
          { from: 'function_call', value: '{"name":"f","arguments":{}}' },
          { from: 'observation', value: '1' },
          { from: 'gpt', value: 'b' },
        ],
        system: 'Be brief.',
        tools: '[{"name":"f"}]',
      },
    ],
    'shareGpt',
    'certain',
    {
      ...conversation,
      column: 'conversations',
      roleKey: 'from',
      contentKey: 'value',
      roles: { human: 'user', function_call: 'assistant', observation: 'tool', gpt: 'assistant' },
      tools: 'tools',
      system: '{system}',
    },
  ],
  [
    'messages as JSON text, as CSV files hold them',
    [{ id: '1', messages: JSON.stringify(said('a', 'b')) }],
    'messages',
    'certain',
    {
      ...conversation,
      column: 'messages',
      roleKey: 'role',
      contentKey: 'content',
      roles: { user: 'user', assistant: 'assistant' },
    },
  ],
  [
    'other names of keys',
    [
      {
        thread: [
          { speaker: 'Customer', text: 'a', ts: 1 },
          { speaker: 'Agent', text: 'b', ts: 2 },
        ],
      },
    ],
    'messages',
    'likely',
    {
      ...conversation,
      column: 'thread',
      roleKey: 'speaker',
      contentKey: 'text',
      roles: { Customer: 'user', Agent: 'assistant' },
    },
  ],
  [
    'speakers without a known role',
    [
      {
        dialog: [
          { author: 'A', text: 'x' },
          { author: 'B', text: 'y' },
        ],
      },
      {
        dialog: [
          { author: 'A', text: 'z' },
          { author: 'B', text: 'w' },
        ],
      },
    ],
    'messages',
    'guess',
    { ...conversation, column: 'dialog', roleKey: 'author', contentKey: 'text', roles: { A: 'user', B: 'assistant' } },
  ],
  [
    'Alpaca',
    [
      { instruction: 'Add.', input: '1, 2', output: '3' },
      { instruction: 'Hi', input: '', output: 'Hello' },
    ],
    'alpaca',
    'certain',
    { ...columns, user: '{instruction}[[\n\n{input}]]', assistant: '{output}' },
  ],
  [
    'Alpaca with system and history',
    [{ instruction: 'c', input: '', output: 'd', system: 's', history: [['a', 'b']] }],
    'alpaca',
    'certain',
    {
      ...columns,
      user: '{instruction}[[\n\n{input}]]',
      assistant: '{output}',
      system: '{system}',
      history: 'history',
    },
  ],
  [
    'Dolly',
    [{ instruction: 'When?', context: 'In 2000.', response: '2000', category: 'closed_qa' }],
    'alpaca',
    'certain',
    { ...columns, user: '{instruction}[[\n\n{context}]]', assistant: '{response}' },
  ],
  [
    'prompt and completion',
    [{ prompt: 'a', completion: 'b' }],
    'promptCompletion',
    'certain',
    { ...columns, user: '{prompt}', assistant: '{completion}' },
  ],
  [
    'conversational prompt and completion',
    [
      {
        prompt: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
          { role: 'user', content: 'c' },
        ],
        completion: [{ role: 'assistant', content: 'd' }],
      },
    ],
    'promptCompletion',
    'certain',
    { ...columns, user: '{prompt}', assistant: '{completion}' },
  ],
  [
    'a history of messages',
    [{ history: said('a', 'b'), prompt: 'c', response: 'd' }],
    'promptCompletion',
    'certain',
    { ...columns, history: 'history', user: '{prompt}', assistant: '{response}' },
  ],
  [
    'question, answer and what it is about',
    [{ id: 1, context: 'Rome fell.', Question: 'What fell?', Answer: 'Rome' }],
    'questionAnswer',
    'certain',
    { ...columns, user: '[[{context}\n\n]]{Question}', assistant: '{Answer}' },
  ],
  [
    'answers that are numbers',
    [{ question: '1 + 1?', answer: 2 }],
    'questionAnswer',
    'certain',
    { ...columns, user: '{question}', assistant: '{answer}' },
  ],
  [
    'preference with text',
    [{ prompt: 'a', chosen: 'good', rejected: 'bad' }],
    'preference',
    'certain',
    { ...columns, user: '{prompt}', assistant: '{chosen}' },
  ],
  [
    'preference of whole conversations (UltraFeedback)',
    [
      {
        prompt: 'a',
        chosen: said('a', 'good'),
        rejected: said('a', 'bad'),
        score_chosen: 8,
      },
    ],
    'preference',
    'certain',
    {
      ...conversation,
      column: 'chosen',
      roleKey: 'role',
      contentKey: 'content',
      roles: { user: 'user', assistant: 'assistant' },
    },
  ],
  [
    'preference of answers as messages',
    [
      {
        prompt: [{ role: 'user', content: 'a' }],
        chosen: [{ role: 'assistant', content: 'good' }],
        rejected: [{ role: 'assistant', content: 'bad' }],
      },
    ],
    'preference',
    'certain',
    { ...columns, user: '{prompt}', assistant: '{chosen}' },
  ],
  [
    'preference of transcripts (HH-RLHF)',
    [{ chosen: '\n\nHuman: a\n\nAssistant: good', rejected: '\n\nHuman: a\n\nAssistant: bad' }],
    'preference',
    'certain',
    {
      kind: 'transcript',
      column: 'chosen',
      markers: { system: '\n\nSystem: ', user: '\n\nHuman: ', assistant: '\n\nAssistant: ' },
      ends: [],
      system: null,
    },
  ],
  [
    'the chapter',
    [{ sentence: 'x', translation: 'y', translation_extra: 'z' }],
    'pair',
    'likely',
    { ...columns, user: '{sentence}', assistant: '{translation_extra}' },
  ],
  [
    'two columns of any name',
    [{ id: 'a1', plain: 'x', fancy: 'y', lang: 'en' }],
    'pair',
    'guess',
    { ...columns, user: '{plain}', assistant: '{fancy}' },
  ],
  [
    'calls as answers (xLAM): a person has to look',
    [{ id: 0, query: 'rain?', answers: '[{"name":"f","arguments":{}}]', tools: '[{"name":"f"}]' }],
    'pair',
    'guess',
    { ...columns, user: '{query}', assistant: '{answers}', tools: 'tools' },
  ],
  [
    'Chinese names',
    [{ 指令: '加', 输入: '1、2', 输出: '3' }],
    'alpaca',
    'certain',
    { ...columns, user: '{指令}[[\n\n{输入}]]', assistant: '{输出}' },
  ],
  ['plain text', [{ text: 'Once upon a time.' }], 'text', 'certain', { ...columns, user: '', assistant: '{text}' }],
];

test.each(known)('%s', (_, rows, form, confidence, mapping) => {
  expect(recognise(rows)[0]).toEqual({ form, confidence, mapping });
});

test.each<[string, Rows]>([
  ['no rows', []],
  ['rows without text', [{ a: 1, b: [1, 2], c: true, d: null }]],
  ['messages that are empty', [{ messages: [] }]],
  ['lists of texts', [{ tags: ['a', 'b'] }]],
  ['lists of objects that nobody says', [{ entities: [{ start: 1, label: 'x' }] }]],
  ['tool definitions alone', [{ tools: [{ name: 'f', description: 'g', parameters: {} }] }]],
  ['a prompt of messages without an answer', [{ prompt: [{ role: 'user', content: 'a' }] }]],
  ['answers without their question', [{ preferred_output: [{ role: 'assistant', content: 'a' }] }]],
  ['answers inside an object', [{ question: 1, answers: { text: ['b'], answer_start: [1] } }]],
])('nothing in %s', (_, rows) => {
  expect(recognise(rows)).toEqual([]);
});

test('a conversation wins over columns beside it, which stay as alternatives', () => {
  const found = recognise([{ prompt: 'a', response: 'b', conversation: said('a', 'b') }]);
  expect(found.map(({ form }) => form)).toEqual(['messages', 'promptCompletion']);
});

test('no mapping is named twice', () => {
  const found = recognise([
    { instruction: 'a', input: 'b', output: 'c', text: 'd', prompt: 'e', chosen: 'f', rejected: 'g' },
  ]);
  const mappings = found.map(({ mapping }) => JSON.stringify(mapping));
  expect(new Set(mappings).size).toBe(mappings.length);
});

test('the surest come first', () => {
  const order = ['certain', 'likely', 'guess'];
  const found = recognise([{ source: 'a', target: 'b', text: 'User: hi\nBot: yo', prompt: 'x', completion: 'y' }]);
  const ranks = found.map(({ confidence }) => order.indexOf(confidence));
  expect(ranks).toEqual(ranks.toSorted());
  expect(ranks.length).toBeGreaterThan(2);
});

test('roles that differ only in some rows are all seen', () => {
  const [found] = recognise([
    { messages: said('a', 'b') },
    { messages: [{ role: 'developer', content: 's' }, ...said('a', 'b')] },
  ]);
  expect(found?.mapping).toMatchObject({ roles: { user: 'user', assistant: 'assistant', developer: 'system' } });
});

test('a column whose name no template can hold is left to people', () => {
  expect(recognise([{ 'a}b': 'x', '{c': 'y' }])).toEqual([]);
});

test('names of object members are no columns', () => {
  expect(recognise([{ constructor: 'x', toString: 'y' }])[0]?.mapping).toMatchObject({
    user: '{constructor}',
    assistant: '{toString}',
  });
});

test.each<[string, Record<string, unknown>, Record<string, unknown>, Detection['form']]>([
  ['messages', { messages: said('a', 'b') }, { messages: 'oops' }, 'messages'],
  ['roles', { messages: said('a', 'b') }, { messages: [{ role: 5, content: 'a' }, { content: 'b' }] }, 'messages'],
  ['texts', { prompt: 'a', completion: 'b' }, { prompt: 5, completion: ['b'] }, 'promptCompletion'],
  ['the only text', { text: 'a' }, { text: { a: 1 } }, 'text'],
])('a broken row does not hide what the others are: %s', (_, good, bad, form) => {
  const rows = [bad, ...Array.from({ length: 9 }, () => good)];
  expect(recognise(rows)[0]).toMatchObject({ form, confidence: 'certain' });
});
