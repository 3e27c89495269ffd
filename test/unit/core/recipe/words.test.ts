import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parametersPage } from '../../../../src/core/recipe/docsPage';
import { recipeJsonSchema } from '../../../../src/core/recipe/jsonSchema';
import { parameters } from '../../../../src/core/recipe/parameters';

const read = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../../..', name), 'utf8');
const chinese = JSON.parse(read('l10n/bundle.l10n.zh-cn.json')) as Record<string, string>;

test('every parameter is explained in Chinese too', () => {
  const missing = parameters().filter(({ description }) => !/\p{Script=Han}/u.test(chinese[description] ?? ''));
  expect(missing.map(({ path: at }) => at.join('.'))).toEqual([]);
});

test('the pages in docs/ and the JSON schema are as the schema says', () => {
  const plain = (name: string) => read(name).replaceAll('\r\n', '\n');
  expect(plain('docs/parameters.md')).toBe(parametersPage({}));
  expect(plain('docs/parameters.zh-cn.md')).toBe(parametersPage(chinese));
  expect(JSON.parse(read('schemas/recipe.schema.json'))).toEqual({ ...recipeJsonSchema(), title: 'Tunebook recipe' });
});
