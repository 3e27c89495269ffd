import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTemplate } from '../../../../src/core/tokens/chatTemplate';
import { parsePythonJson } from '../../../../src/core/tokens/jinja/pythonJson';

const template = compileTemplate('{{ x | tojson }}');

/** json.dumps(json.loads(text), ensure_ascii=False) */
function dumped(text: string): string {
  if (!template.ok) throw new Error('no template');
  const result = template.value.render({ messages: [], special: {}, kwargs: { x: parsePythonJson(text) } });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.text;
}

test.each([
  [
    '[1, 1.0, 1e2, -0, -0.0, 0.1, 1E-7, 12345678901234567890]',
    '[1, 1.0, 100.0, 0, -0.0, 0.1, 1e-07, 12345678901234567890]',
  ],
  ['{"b": 1, "10": 2, "9": 3, "a": {"1": 1.0}}', '{"b": 1, "10": 2, "9": 3, "a": {"1": 1.0}}'],
  ['{"a": 1, "b": 2, "a": 3}', '{"a": 3, "b": 2}'],
  ['"1.0 and \\"2\\": 3"', '"1.0 and \\"2\\": 3"'],
  ['{"\\u0031": 1, "a:": [null, true, false]}', '{"1": 1, "a:": [null, true, false]}'],
  ['{"__proto__": 1, "constructor": {}}', '{"__proto__": 1, "constructor": {}}'],
  ['"\ue0001"', '"\ue0001"'],
  ['{"\\ue000": "\\ue0005"}', '{"\ue000": "\ue0005"}'],
])('%s', (text, expected) => {
  expect(dumped(text)).toBe(expected);
});

test('what JSON.stringify writes comes back, in its order', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(dumped(text))).toEqual(JSON.parse(text));
    }),
  );
});

test('what is no JSON is refused', () => {
  for (const text of ['', '{', '01', '[1,]', 'NaN', '"\\x"', '1.2.3', '{a: 1}']) {
    expect(() => parsePythonJson(text)).toThrow(SyntaxError);
  }
});
