import { expect, test } from 'vitest';
import { outlineOf, type OutlineNode } from '../../src/features/recipe/outline';

const shape = (nodes: readonly OutlineNode[]): unknown[] =>
  nodes.map(({ key, value, line, endLine, children }) => [key, value, line, endLine, shape(children)]);

test('nests keys by indentation and spans their lines, comments and blank lines aside', () => {
  const text =
    '# about: this\nmodel:\n  dtype: auto # for now\n\n  quantization_config:\n    load_in_4bit: true\nlora:\n  r: 8\n';
  expect(shape(outlineOf(text))).toEqual([
    [
      'model',
      '',
      1,
      5,
      [
        ['dtype', 'auto # for now', 2, 2, []],
        ['quantization_config', '', 4, 5, [['load_in_4bit', 'true', 5, 5, []]]],
      ],
    ],
    ['lora', '', 6, 7, [['r', '8', 7, 7, []]]],
  ]);
});

test('lists belong to their key, what looks like keys in a block text does not count', () => {
  const text =
    'tokenizer:\n  chat_template: |\n    user: {{ x }}\n    assistant:\n  pad_token: <unk>\ngenerate:\n  prompts:\n    - a: b\n    - c\n';
  expect(shape(outlineOf(text))).toEqual([
    [
      'tokenizer',
      '',
      0,
      4,
      [
        ['chat_template', '', 1, 3, []],
        ['pad_token', '<unk>', 4, 4, []],
      ],
    ],
    ['generate', '', 5, 8, [['prompts', '', 6, 8, []]]],
  ]);
});

test('stays while a line is being typed', () => {
  expect(
    outlineOf('model:\n  dtype\n  "revision" : main\r\n').map(({ children }) => children.map(({ key }) => key)),
  ).toEqual([['revision']]);
});
