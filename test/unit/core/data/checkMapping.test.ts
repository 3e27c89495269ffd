import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { checkMapping } from '../../../../src/core/data/checkMapping';
import { columnsOf } from '../../../../src/core/data/columns';
import { recognise } from '../../../../src/core/data/recognise';
import type { Mapping } from '../../../../src/protocol/dataset';
import { columns, openAi } from './rowOf';

const rows = [{ messages: [], instruction: 'a', output: 'b', tools: null, text: 'c' }];

function problems(mapping: Mapping): readonly string[] {
  return checkMapping(mapping, columnsOf(rows)).map(({ field, message }) => `${field}: ${formatMessage(message)}`);
}

const transcript = { kind: 'transcript', column: 'text', system: null } as const;

test.each<[string, Mapping, readonly string[]]>([
  ['a conversation', openAi, []],
  ['columns', columns('{instruction}', '{output}', { system: '{text}', history: 'messages', tools: 'tools' }), []],
  ['a constant question', columns('Say something.', '{output}'), []],
  ['plain text', columns('', '{text}'), []],
  ['a transcript', { ...transcript, markers: { user: 'Q:', assistant: 'A:' } }, []],
  ['no column', { ...openAi, column: '' }, ['column: Choose a column.']],
  ['a typo', { ...openAi, column: 'mesages' }, ['column: There is no column mesages. Did you mean messages?']],
  [
    'a column that is nowhere',
    { ...openAi, tools: 'zzzzzzzzzzzz' },
    ['tools: There is no column zzzzzzzzzzzz; there are messages, instruction, output, tools, text.'],
  ],
  [
    'keys',
    { ...openAi, roleKey: '', contentKey: '' },
    ['roleKey: Say which key of a message it is.', 'contentKey: Say which key of a message it is.'],
  ],
  [
    'one key for both',
    { ...openAi, contentKey: 'role' },
    ['contentKey: role can’t be both who speaks and what is said.'],
  ],
  [
    'templates',
    columns('{instuction}', '{output', { system: '[[x]]', history: 'histroy' }),
    [
      'system: There is no column within [[ ]]: it says when the text is left out.',
      'history: There is no column histroy; there are messages, instruction, output, tools, text.',
      'user: There is no column instuction. Did you mean instruction?',
      'assistant: {output is never closed by }. For a brace itself write {{.',
    ],
  ],
  ['an assistant without words', columns('{text}', ' '), ['assistant: Say what the assistant says, such as {text}.']],
  [
    'an assistant that always says the same',
    columns('{text}', 'Yes.'),
    ['assistant: There is no column in it: the assistant would say the same in every row.'],
  ],
  [
    'no marker of the assistant',
    { ...transcript, markers: { user: 'Q:', assistant: '' } },
    ['markers.assistant: Say what stands before what the assistant says, such as "\\n\\nAssistant: ".'],
  ],
  [
    'markers that are blank or the same',
    { ...transcript, markers: { system: ' ', user: 'Q:', assistant: ' Q: ' } },
    [
      'markers.system: The marker of system is nothing but blanks.',
      'markers.user: assistant and user have the same marker.',
    ],
  ],
])('%s', (_, mapping, expected) => {
  expect(problems(mapping)).toEqual(expected);
});

test('what is recognised has no problems', () => {
  const found = recognise(rows);
  expect(found.length).toBeGreaterThan(0);
  for (const { mapping } of found) expect(problems(mapping)).toEqual([]);
});
