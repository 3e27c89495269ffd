import { expect, test } from 'vitest';
import { readSteps } from '../../../src/cli/steps';
import { Stopped } from '../../../src/cli/stopped';
import { wordsFor } from '../../../src/cli/words';

test('ranges and lists of steps come in the order of the loop', () => {
  expect(readSteps('model..data')).toEqual(['model', 'lora', 'data']);
  expect(readSteps('..lora')).toEqual(['model', 'lora']);
  expect(readSteps('tokenizer,model,data')).toEqual(['model', 'data', 'tokenizer']);
  expect(readSteps('model..')).toHaveLength(7);
});

test.each(['train', 'lora..save', 'model,tarin', 'save..model', ''])('refuses --steps %j', (text) => {
  expect(() => readSteps(text)).toThrow(Stopped);
});

test('speaks the language of the terminal', () => {
  expect(wordsFor({ LANG: 'zh_CN.UTF-8' }).language).toBe('zh-cn');
  expect(wordsFor({ LANG: 'en_US.UTF-8', LANGUAGE: 'zh_CN:en' }).language).toBe('zh-cn');
  expect(wordsFor({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }).language).toBe('en');
  expect(wordsFor({ LANGUAGE: 'zh', LC_ALL: 'C.UTF-8' }).language).toBe('en');
  expect(wordsFor({}).language).toBe('en');
});
