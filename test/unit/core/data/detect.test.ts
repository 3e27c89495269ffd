import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { detectColumns } from '../../../../src/core/data/detect';

const chat = [
  { role: 'user', content: 'a' },
  { role: 'assistant', content: 'b' },
];

test.each<[string, Record<string, unknown>[], ReturnType<typeof detectColumns>]>([
  ['messages', [{ id: '1', messages: chat }], { messages: 'messages' }],
  ['conversations', [{ prompt: 'x', completion: 'y', Conversations: chat }], { messages: 'Conversations' }],
  ['ShareGPT', [{ conversations: [{ from: 'human', value: 'a' }] }], { messages: 'conversations' }],
  ['a conversation by another name', [{ turns: chat, note: 'x' }], { messages: 'turns' }],
  ['prompt and completion', [{ completion: 'y', prompt: 'x' }], { prompt: 'prompt', completion: 'completion' }],
  [
    'instruction, input, output',
    [{ instruction: 'x', input: '', output: 'y' }],
    { prompt: 'instruction', completion: 'output' },
  ],
  [
    'question and answer among others',
    [{ id: 'a', context: 'c', Question: 'x', Answer: 'y' }],
    { prompt: 'Question', completion: 'Answer' },
  ],
  [
    'the chapter',
    [{ sentence: 'x', translation: 'y', translation_extra: 'z' }],
    { prompt: 'sentence', completion: 'translation_extra' },
  ],
  [
    'a system message',
    [{ 'System Prompt': 's', prompt: 'x', response: 'y' }],
    { prompt: 'prompt', completion: 'response', system: 'System Prompt' },
  ],
  ['two unknown columns', [{ plain: 'x', fancy: 'y', n: 1 }], { prompt: 'plain', completion: 'fancy' }],
  [
    'a gap in the first row',
    [
      { prompt: null, completion: null },
      { prompt: 'x', completion: 'y' },
    ],
    { prompt: 'prompt', completion: 'completion' },
  ],
  ['numbers', [{ prompt: 1, completion: 2 }], null],
  ['too many columns', [{ a: 'x', b: 'y', c: 'z' }], null],
  ['one column', [{ text: 'x' }], null],
  ['an empty list as messages', [{ messages: [] }], null],
  ['no rows', [], null],
])('%s', (_, rows, expected) => {
  expect(detectColumns(rows)).toEqual(expected);
});

test('the sample data set', () => {
  const file = path.resolve(import.meta.dirname, '../../../../samples/yoda/yoda.jsonl');
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, 5)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(detectColumns(rows)).toEqual({ prompt: 'sentence', completion: 'translation_extra' });
});
