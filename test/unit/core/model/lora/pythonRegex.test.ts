import { expect, test } from 'vitest';
import { PythonRegex } from '../../../../../src/core/model/lora/pythonRegex';
import { RegexTooSlow } from '../../../../../src/core/model/lora/pythonRegexMatch';
import { loraReference } from './reference';

const [[names], ...patterns] = loraReference.patterns;

test.each(patterns)('re.compile(%j)', (pattern, expected) => {
  const regex = PythonRegex.compile(pattern);
  if (!regex.ok) {
    expect(expected).toBeNull();
    return;
  }
  const found = names.map((name) => 2 * Number(regex.value.fullMatch(name)) + Number(regex.value.match(name) !== null));
  expect(found).toEqual(expected);
});

test('a pattern that Python would take minutes for is given up', () => {
  const regex = PythonRegex.compile('(.*)*(.*)*x');
  expect(regex.ok && (() => regex.value.fullMatch('model.layers.0.self_attn.q_proj.weight'))).toThrow(RegexTooSlow);
});
