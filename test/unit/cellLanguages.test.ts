import { expect, test } from 'vitest';
import { languageOf, sectionOf, stepOf } from '../../src/features/cellLanguages';

test('the text says which section a cell is', () => {
  expect(sectionOf('train:\n  memory:\n')).toBe('train');
  expect(sectionOf('\n# about lora: all\n  \n"lora" :\n  r: 8')).toBe('lora');
  expect(sectionOf('model: {model_name_or_path: ./base}')).toBe('model');
  expect(sectionOf('')).toBeNull();
  expect(sectionOf('- model: x')).toBeNull();
});

test('only steps of the loop run; anything else is a problem of its own', () => {
  expect(stepOf('save:\n  output_dir: ./a')).toBe('save');
  expect(stepOf('trian:\n  seed: 1')).toBeNull();
  expect(languageOf('save')).toBe('tune-save');
  expect(languageOf('trian')).toBe('yaml');
});
