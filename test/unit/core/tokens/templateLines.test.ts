import { expect, test } from 'vitest';
import { compileTemplate } from '../../../../src/core/tokens/chatTemplate';
import type { Rendered, RenderInput } from '../../../../src/core/tokens/types';
import { CONVERSATIONS, readReference, renderer, renderInput, templateSource } from './templateReference';

function rendered(source: string, input: Partial<RenderInput> = {}): Rendered {
  const template = compileTemplate(source);
  const result = template.ok ? template.value.render({ messages: [], special: {}, ...input }) : template;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** "line: text" of every stretch. */
function stretches({ text, lines }: Rendered): string[] {
  return lines.map(({ start, line }, index) => `${line}: ${text.slice(start, lines[index + 1]?.start)}`);
}

test('each stretch knows its line, text over several lines too', () => {
  const source = 'a\nb {{ 1 }}\n{% if true %}\nc\n{% endif %}\nd\n';
  expect(stretches(rendered(source))).toEqual(['1: a\n', '2: b 1\n', '4: c\n', '6: d']);
});

test.each(['\n', '\r\n', '\r'])('lines are those of the file with %j', (end) => {
  const source = ['{# one', 'two #}', '{%- set x = "y" -%}', '', '{{ x }}', '', '{{- x }}'].join(end);
  expect(stretches(rendered(source))).toEqual(['5: y', '7: y']);
});

test('a macro that is printed is known by its own lines', () => {
  const source = '{% macro m(x) %}\n<{{ x }}>\n{% endmacro %}\n{{ m(1) }}{{ m(2) ~ "!" }}';
  expect(stretches(rendered(source))).toEqual(['2: <1>\n', '4: <2>\n!']);
});

test('a generation block keeps the lines within', () => {
  const source = '{% generation %}\na\n{{ "b" }}\n{% endgeneration %}\nc';
  const result = rendered(source);
  expect(stretches(result)).toEqual(['2: a\n', '3: b\n', '5: c']);
  expect(result.generation).toEqual([{ start: 0, end: 4 }]);
});

test('spans are places in the text as JavaScript cuts it', () => {
  const { text, generation } = rendered('𝔘{% generation %}🐈b{% endgeneration %}🐈');
  expect(generation.map(({ start, end }) => text.slice(start, end))).toEqual(['🐈b']);
});

const reference = readReference();

test.each(reference.templates)('the lines of $name cover its text in order', ({ name, cases }) => {
  const source = templateSource(name);
  const count = source.split(/\r\n|\r|\n/).length;
  const render = renderer(reference, source);
  for (const { conversation, prompt } of cases) {
    const result = render(renderInput(reference, conversation, prompt));
    if (!result.ok) continue;
    const { text, lines } = result.value;
    const starts = lines.map(({ start }) => start);
    expect(starts[0] ?? 0, CONVERSATIONS[conversation]!.name).toBe(0);
    expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
    expect(starts.every((start) => start < text.length)).toBe(true);
    expect(lines.every(({ line }) => line >= 1 && line <= count)).toBe(true);
  }
});
