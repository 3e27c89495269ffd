import { describe, expect, test } from 'vitest';
import type { Mapping, PreviewRow } from '../../src/protocol/dataset';
import { blankMapping } from '../../webview/format/choice';
import { escapeText, unescapeText } from '../../webview/format/escapes';
import { roleNames } from '../../webview/format/roleNames';

describe('line breaks in a field of one line', () => {
  test.each(['\n\nHuman: ', 'C:\\new', '\\n', '\ttab\r\n', 'plain'])('come back as they were: %j', (text) => {
    expect(escapeText(text)).not.toMatch(/[\n\r\t]/);
    expect(unescapeText(escapeText(text))).toBe(text);
  });

  test('a lone backslash stays one', () => {
    expect(unescapeText('a\\b')).toBe('a\\b');
  });
});

const CONVERSATION: Extract<Mapping, { kind: 'conversation' }> = {
  kind: 'conversation',
  column: 'turns',
  roleKey: 'from',
  contentKey: 'value',
  roles: {},
  tools: null,
  system: null,
};

function row(source: string): PreviewRow {
  return { row: 0, line: 1, source, messages: null, tools: null, problem: null };
}

describe('what rows call the roles', () => {
  const turns = [{ from: 'human' }, { from: 'gpt', value: '"from": "nobody"' }, { from: 'human' }];

  test('is read from lists and from JSON text', () => {
    expect(roleNames(CONVERSATION, [row(JSON.stringify({ turns }))])).toEqual(['human', 'gpt']);
    expect(roleNames(CONVERSATION, [row(JSON.stringify({ turns: JSON.stringify(turns) }))])).toEqual(['human', 'gpt']);
  });

  test('is found in a row that was cut', () => {
    expect(roleNames(CONVERSATION, [row('{"turns":[{"from":"a \\"b\\"","value":"x"},{"from": "gpt", "val')])).toEqual([
      'a "b"',
      'gpt',
    ]);
  });

  test('is nothing in a row that has no conversation', () => {
    expect(roleNames(CONVERSATION, [row('{"text":"x"}'), row('3'), row('')])).toEqual([]);
  });
});

describe('a mapping by hand', () => {
  const columns = ['id', 'question', 'answer'].map((name) => ({
    name,
    types: [name === 'id' ? 'number' : 'string'],
    example: '',
  }));

  test('begins with the text columns', () => {
    expect(blankMapping('columns', columns, 'Be brief.')).toMatchObject({
      user: '{question}',
      assistant: '{answer}',
      system: 'Be brief.',
    });
    expect(blankMapping('transcript', columns, null)).toMatchObject({ column: 'question' });
    expect(blankMapping('conversation', columns, null)).toMatchObject({ column: 'id', roleKey: 'role' });
  });

  test('of a file without columns names none', () => {
    expect(blankMapping('columns', [], null)).toMatchObject({ user: '', assistant: '' });
  });
});
