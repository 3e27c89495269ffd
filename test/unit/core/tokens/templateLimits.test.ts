import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { compileTemplate } from '../../../../src/core/tokens/chatTemplate';

function failure(source: string, kwargs: Record<string, unknown> = {}): { kind: string; words: string } {
  const template = compileTemplate(source);
  const result = template.ok ? template.value.render({ messages: [], special: {}, kwargs }) : template;
  if (result.ok) throw new Error(`rendered ${result.value.text.length} characters`);
  const { error } = result;
  return { kind: error.kind, words: error.kind === 'refused' ? error.reason : formatMessage(error.reason) };
}

test.each([
  ['loops in loops', '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}', /steps/],
  [
    'a filter over them',
    '{% for a in range(99999) %}{{ range(99999)|map("string")|join|length }}{% endfor %}',
    /steps/,
  ],
  ['lists over them', '{% for a in range(99999) %}{{ range(99999)|list|length }}{% endfor %}', /steps/],
  [
    'doubling',
    '{% set ns = namespace(x="ab") %}{% for a in range(99) %}{% set ns.x = ns.x * 2 %}{% endfor %}',
    /characters/,
  ],
  [
    'doubling by ~',
    '{% set ns = namespace(x="ab") %}{% for a in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}',
    /characters/,
  ],
  ['a macro that calls itself', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', /levels deep/],
  [
    'two that call each other',
    '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}',
    /levels deep/,
  ],
  ['parentheses without end', `{{ ${'('.repeat(100_000)}1${')'.repeat(100_000)} }}`, /nested too deep/],
])('%s end, with words', (_, source, words) => {
  const found = failure(source);
  expect(found.kind).toBe('unsupported');
  expect(found.words).toMatch(words);
});

test.each([
  ['{% for a in range(100001) %}{% endfor %}', /MAX_RANGE/],
  ['{{ raise_exception("no " ~ 1) }}', /^no 1$/],
  ['a\n{% if %}', /^line 2: /],
  ['a\n\n{{ "x', /^line 3: /],
  ['{{ x.y.z }}', /'x' is undefined/],
  ['{% for m in messages %}\n{% endif %}', /^line 2: /],
])('%s is refused as Python does, with the place', (source, reason) => {
  const found = failure(source);
  expect(found.kind).toBe('refused');
  expect(found.words).toMatch(reason);
});

test.each([
  ['a number beyond 2^53, whose digits JavaScript has lost', { x: 1e20 }],
  ['minus zero, which may have been an int', { x: -0 }],
  ['keys that JavaScript has sorted', { x: { b: 1, '2': 2, '1': 3 } }],
])('%s is never printed some way', (_, kwargs) => {
  expect(failure('{{ x }}', kwargs).kind).toBe('unsupported');
});

test.each(['{% include "x" %}', '{{ "x"|pprint }}', '{{ 1|map("x") }}', '{{ "x".encode() }}', '{{ range }}'])(
  '%s is said to be unknown here',
  (source) => {
    expect(failure(source).kind).toBe('unsupported');
  },
);
