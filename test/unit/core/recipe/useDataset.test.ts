import { describe, expect, test } from 'vitest';
import { useDataset } from '../../../../src/core/recipe/useDataset';

const FILE = './rows.chat.jsonl';

describe('a recipe that shall train on another file', () => {
  test('names the file, loses what belonged to the former dataset, and keeps the rest byte for byte', () => {
    const recipe = `# Yoda
model:
  model_name_or_path: ./base

data:
  path: dvgodoy/yoda_sentences # 720 rows
  name: default
  split: test
  # which is which
  columns:
    prompt: sentence
    completion: translation_extra
  limit: 100

train:
  num_train_epochs: 3
`;
    expect(useDataset(recipe, FILE)).toBe(`# Yoda
model:
  model_name_or_path: ./base

data:
  path: ./rows.chat.jsonl # 720 rows
  # which is which
  limit: 100

train:
  num_train_epochs: 3
`);
  });

  test.each([
    ['a section alone, without a last line end', 'data:\n  path: a.csv\n  columns:\n    prompt: q\n    completion: a'],
    ['with CRLF', 'data:\r\n  path: a.csv\r\n  columns:\r\n    prompt: q\r\n    completion: a'],
    ['in braces', 'data: {path: a.csv, columns: {prompt: q, completion: a}}'],
    ['with its columns first', 'data:\n  columns:\n    messages: turns\n  path: a.csv'],
    ['with nothing but columns', 'data:\n  columns:\n    messages: turns'],
    ['without a dataset', 'data:'],
    ['empty', ''],
  ])('%s', async (_, text) => {
    const changed = useDataset(text, FILE);
    const { parse } = await import('yaml');
    expect(parse(changed ?? '')).toEqual({ data: { path: FILE } });
    if (text !== '') expect(changed?.endsWith('\n')).toBe(false);
    expect(changed?.includes('\r')).toBe(text.includes('\r'));
    expect(useDataset(changed ?? '', FILE)).toBe(changed);
  });

  test('a name that YAML would read otherwise is quoted', async () => {
    const { parse } = await import('yaml');
    for (const name of ['./a: b.jsonl', './# 1.jsonl', './数据 "集".jsonl', '123'])
      expect(parse(useDataset('data:\n  path: x', name) ?? '')).toEqual({ data: { path: name } });
  });

  test.each(['data: [1, 2', 'data: rows.csv', '- a list'])('what is no recipe stays: %s', (text) => {
    expect(useDataset(text, FILE)).toBe(null);
  });
});
