import { describe, expect, test } from 'vitest';
import { formOfLines } from '../../../../../src/core/data/problems/form';

const chat = '{"messages": [{"role": "user", "content": "a"}]}';
const none = { prompt: null, completion: null, system: null, messages: null };

describe('which files are judged', () => {
  const YES: readonly (readonly [string, readonly string[]])[] = [
    ['conversations', [chat, chat]],
    ['ShareGPT', ['{"id": "1", "conversations": [{"from": "human", "value": "a"}]}']],
    ['blank lines first', ['', '  ', chat]],
    ['half of the rows', [chat, '{"messages": "none"}']],
    ['rows that Python printed', ["{'messages': [{'role': 'user', 'content': 'a'}]}"]],
    ['rows that end early', ['{"id": 1, "messages": [{"role": "user", "content": "a']],
  ];
  for (const [name, lines] of YES)
    test(`${name}: yes`, () => expect(formOfLines(lines, null)?.kind).toBe('conversation'));

  const NO: readonly (readonly [string, readonly string[]])[] = [
    ['nothing', []],
    ['blank lines', ['', '']],
    ['a log', ['{"level": "info", "message": "started"}', '{"level": "info", "messages": 3}']],
    ['a log with a broken line', ['{"level": "info",', '{"level": "info"}']],
    ['requests of a batch', ['{"custom_id": "1", "body": {"messages": [{"role": "user", "content": "a"}]}}']],
    ['a table', ['{"prompt": "a", "completion": "b"}']],
    ['less than half of the rows', [chat, '{}', '{}']],
    ['lists of texts', ['{"messages": ["a", "b"]}']],
  ];
  for (const [name, lines] of NO) test(`${name}: no`, () => expect(formOfLines(lines, null)).toBeNull());

  test('a recipe says what the columns are', () => {
    expect(formOfLines(['{}'], { ...none, messages: 'chat', system: 's' })).toEqual({
      kind: 'conversation',
      column: 'chat',
      system: 's',
    });
    expect(formOfLines(['{}'], { ...none, prompt: 'q', completion: 'a' })).toEqual({
      kind: 'columns',
      prompt: 'q',
      completion: 'a',
      system: null,
    });
    expect(formOfLines(['{"prompt": 1}', '{"completion": 2}'], none)?.kind).toBe('columns');
    expect(formOfLines(['{"conversations": 1, "prompt": 1, "completion": 1}'], none)?.kind).toBe('conversation');
    expect(formOfLines(['{"text": "a"}'], none)).toBeNull();
    expect(formOfLines([chat], { ...none, prompt: 'q' })).toBeNull();
  });
});
