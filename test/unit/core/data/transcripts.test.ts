import { expect, test } from 'vitest';
import { convertRow } from '../../../../src/core/data/convert';
import { recognise } from '../../../../src/core/data/recognise';
import type { Detection } from '../../../../src/protocol/dataset';

const turns = (...texts: readonly string[]) =>
  texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }));
const system = (content: string) => ({ role: 'system', content });

/** Recognised from this text alone, then converted by what was recognised. */
test.each<[string, string, Detection['confidence'], unknown]>([
  [
    'HH-RLHF',
    '\n\nHuman: a\n\nb\n\nAssistant: c\n\nHuman: d\n\nAssistant: e',
    'likely',
    turns('a\n\nb', 'c', 'd', 'e'),
  ],
  ['User and Bot', 'User: hi\nBot: hello\nUser: bye\nBot: bye', 'likely', turns('hi', 'hello', 'bye', 'bye')],
  [
    'with a system line',
    'System: be kind\nUser: hi\nAssistant: hello',
    'likely',
    [system('be kind'), ...turns('hi', 'hello')],
  ],
  ['Q and A', 'Q: What is 1+1?\nA: 2', 'likely', turns('What is 1+1?', '2')],
  ['Chinese', '用户：你好\n助手：您好！', 'likely', turns('你好', '您好！')],
  [
    'Vicuna',
    'A chat. USER: hi ASSISTANT: hello</s>USER: bye ASSISTANT: ciao</s>',
    'likely',
    [system('A chat.'), ...turns('hi', 'hello', 'bye', 'ciao')],
  ],
  [
    'Alpaca',
    'Below is an instruction that describes a task.\n\n### Instruction:\nSay hi.\n\n### Response:\nhi',
    'certain',
    [system('Below is an instruction that describes a task.'), ...turns('Say hi.', 'hi')],
  ],
  [
    'Alpaca with input, which stays with the user',
    '### Instruction:\nAdd.\n\n### Input:\n1, 2\n\n### Response:\n3',
    'certain',
    turns('Add.\n\n### Input:\n1, 2', '3'),
  ],
  ['Guanaco', '### Human: hi### Assistant: hello### Human: bye', 'certain', turns('hi', 'hello', 'bye')],
  [
    'ChatML',
    '<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\nhello<|im_end|>\n',
    'certain',
    [system('Be kind.'), ...turns('hi', 'hello')],
  ],
  [
    'Llama 2',
    '<s>[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\nhi [/INST] hello </s><s>[INST] bye [/INST] ciao </s>',
    'certain',
    [system('Be kind.'), ...turns('hi', 'hello', 'bye', 'ciao')],
  ],
  [
    'Llama 3',
    '<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nhi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nhello<|eot_id|>',
    'certain',
    turns('hi', 'hello'),
  ],
  ['Phi-3', '<|user|>\nhi<|end|>\n<|assistant|>\nhello<|end|>\n<|endoftext|>', 'certain', turns('hi', 'hello')],
  [
    'Gemma',
    '<bos><start_of_turn>user\nhi<end_of_turn>\n<start_of_turn>model\nhello<end_of_turn>\n',
    'certain',
    turns('hi', 'hello'),
  ],
  [
    'an indented first line and trailing blanks',
    '### Instruction:\nWrite code.\n\n### Response:\n    return 1\n    # end  \n\n',
    'certain',
    turns('Write code.', '    return 1\n    # end'),
  ],
  [
    'Glaive',
    'USER: rain?\n\n\nASSISTANT: <functioncall> {"name": "f"} <|endoftext|>\n\n\nFUNCTION RESPONSE: yes\n\n\nASSISTANT: It rains. <|endoftext|>\n',
    'likely',
    [
      ...turns('rain?', '<functioncall> {"name": "f"}'),
      { role: 'tool', content: 'yes' },
      { role: 'assistant', content: 'It rains.' },
    ],
  ],
  [
    'end marks left in',
    'User: hi\nBot: hello</s>\nUser: bye\nBot: ciao</s>',
    'likely',
    turns('hi', 'hello', 'bye', 'ciao'),
  ],
  ['CRLF', 'User: hi\r\nBot: hello\r\nUser: bye\r\nBot: ciao\r\n', 'likely', turns('hi', 'hello', 'bye', 'ciao')],
])('%s', (_, text, confidence, messages) => {
  const value = { text };
  const found = recognise([value]).find(({ form }) => form === 'transcript');
  expect(found?.confidence).toBe(confidence);
  const converted = convertRow({ row: 0, line: 1, text: JSON.stringify(value), value }, found!.mapping);
  expect(converted).toEqual({ ok: true, value: { messages, tools: null } });
});

test.each([
  ['a story', 'The user: a riddle. Nobody answered.'],
  ['an answer without a question', 'Assistant: I am here.'],
  ['a question after the answer', 'Assistant: I am here.\n\nHuman: oh'],
  ['names in the middle of lines', 'He said User: a and then Bot: b'],
  ['markup', '<div>### heading</div>'],
])('no transcript: %s', (_, text) => {
  expect(recognise([{ text }]).map(({ form }) => form)).toEqual(['text']);
});

test('one row in ten that is something else does not hide what the others are', () => {
  const rows = Array.from({ length: 10 }, (_, index) => ({ text: index === 3 ? 'lost' : 'Human: a\n\nAssistant: b' }));
  expect(recognise(rows)[0]?.form).toBe('transcript');
  expect(recognise(rows.slice(0, 4))[0]?.form).toBe('text');
});

function mark(role: string, text: string): string {
  return `<|im_start|>${role}\n${text}<|im_end|>\n`;
}

test('a later row may have turns that the first rows lack', () => {
  const [found] = recognise([{ text: mark('user', 'a') + mark('assistant', 'b') }]);
  const value = { text: mark('system', 's') + mark('user', 'a') + mark('tool', 't') + mark('assistant', 'b') };
  expect(convertRow({ row: 9, line: 10, text: JSON.stringify(value), value }, found!.mapping)).toMatchObject({
    value: { messages: [system('s'), { role: 'user' }, { role: 'tool', content: 't' }, { role: 'assistant' }] },
  });
});
