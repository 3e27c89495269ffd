import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import {
  columnTemplate,
  onlyColumn,
  parseTemplate,
  renderTemplate,
  templateColumns,
  type Template,
} from '../../../../src/core/data/templateString';

function parsed(template: string): Template {
  const result = parseTemplate(template);
  if (!result.ok) throw new Error(formatMessage(result.error));
  return result.value;
}

function rendered(template: string, row: Readonly<Record<string, string>>): string {
  return renderTemplate(parsed(template), (column) => row[column] ?? '');
}

test.each([
  ['{a}', 'x'],
  ['', ''],
  ['no column', 'no column'],
  ['{a}{b}', 'xy'],
  ['{a}\n\n{b}', 'x\n\ny'],
  ['{a}[[ ({b})]]', 'x (y)'],
  ['{a}[[ ({gone})]]!', 'x!'],
  ['[[{gone}: ]]{a}', 'x'],
  ['[[{gone} {b}]]', ' y'],
  ['[[{blank}]]', ''],
  ['{blank}', ' \n'],
  ['{{{a}}', '{x}'],
  ['{{"k": "{a}"}', '{"k": "x"}'],
  ['{{a}', '{a}'],
  ['}} ]] [a] [', '}} ]] [a] ['],
  ['{two words}', 'z'],
  ['{a[0]}', 'w'],
  ['[[{a}]]]', 'x]'],
])('%j gives %j', (template, expected) => {
  expect(rendered(template, { a: 'x', b: 'y', blank: ' \n', 'two words': 'z', 'a[0]': 'w' })).toBe(expected);
});

test.each([
  ['{a', '{a is never closed by }. For a brace itself write {{.'],
  ['x {', '{ is never closed by }. For a brace itself write {{.'],
  ['a {} b', '{} names no column. For a brace itself write {{.'],
  ['[[{a}', '[[ is never closed by ]].'],
  ['[[{a}[[{b}]]]]', '[[ stands within [[ ]]: these can’t be nested.'],
  ['{a}[[ maybe]]', 'There is no column within [[ ]]: it says when the text is left out.'],
])('%j is refused', (template, expected) => {
  const result = parseTemplate(template);
  expect(result.ok ? null : formatMessage(result.error)).toBe(expected);
});

test('columns, each once, in [[ ]] as well', () => {
  expect(templateColumns(parsed('{a}[[{b}{a}]]{c}'))).toEqual(['a', 'b', 'c']);
  expect(onlyColumn(parsed('{a}'))).toBe('a');
  for (const template of ['{a} ', '[[{a}]]', '{a}{b}', 'a', '']) expect(onlyColumn(parsed(template))).toBeNull();
});

test('any text can be written in a template, and any column whose name has no }', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, column, value) => {
      const template = columnTemplate(column);
      fc.pre(template !== null && !before.includes('[['));
      // A bracket at the end would make [[ with nothing but the column's own text behind it, never.
      const whole = before.replaceAll('{', '{{') + template;
      expect(rendered(whole, { [column]: value })).toBe(before + value);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (template) => {
      const result = parseTemplate(template);
      if (!result.ok) expect(formatMessage(result.error)).not.toBe('');
    }),
  );
});
