import { describe, expect, test } from 'vitest';
import { completeAt } from '../../../../src/core/recipe/complete';
import { parametersUnder } from '../../../../src/core/recipe/parameters';

function complete(text: string) {
  const offset = text.indexOf('|');
  const plain = text.slice(0, offset) + text.slice(offset + 1);
  const found = completeAt(plain, offset);
  return {
    labels: found.map(({ label }) => label),
    /** The text after taking a completion. */
    take: (label: string) => {
      const { insertText, replace } = found.find((completion) => completion.label === label)!;
      return plain.slice(0, replace.start) + insertText + plain.slice(replace.end);
    },
    found,
  };
}

describe('completeAt', () => {
  test('offers the sections that are not there yet', () => {
    const { labels, take } = complete('model:\n  model_name_or_path: m\nlo|\ndata:\n  path: d\n');
    expect(labels).toEqual(['lora', 'tokenizer', 'train', 'generate', 'save']);
    expect(take('lora')).toBe('model:\n  model_name_or_path: m\nlora:\n  \ndata:\n  path: d\n');
  });

  test('offers the keys of a group, with what they mean', () => {
    const { labels, take, found } = complete(
      'train:\n  data:\n    packing: true\n    max|\n  training:\n    seed: 1\n',
    );
    expect(labels).toContain('max_length');
    expect(labels).not.toContain('packing');
    expect(labels).toHaveLength(parametersUnder(['train', 'data']).length - 1);
    expect(take('max_length')).toContain('    max_length: \n');
    expect(found.find(({ label }) => label === 'max_length')?.detail).toBe('integer ≥ 1 | null');
    expect(found.every(({ description }) => description !== null)).toBe(true);
  });

  test.each([
    ['at the end of an unfinished cell', 'lora:\n  |', 'target_modules'],
    ['below comments and blank lines', 'train:\n  memory:\n    # why\n\n    bf|\n', 'bf16'],
    ['with CRLF', 'train:\r\n  memory:\r\n    bf|\r\n', 'bf16'],
    ['where other lines are broken', 'lora:\n  r: [\n  lora_|\n', 'lora_alpha'],
  ])('offers keys %s', (_, text, label) => {
    expect(complete(text).labels).toContain(label);
  });

  test('keeps a colon that is there', () => {
    expect(complete('lora:\n  lo|ra: 16\n').take('lora_alpha')).toBe('lora:\n  lora_alpha: 16\n');
  });

  test.each([
    ['words', 'train:\n  training:\n    lr_scheduler_type: co|\n', ['cosine', 'constant']],
    ['true and false', 'lora:\n  use_dora: |\n', ['true', 'false']],
    ['null where it may stand', 'model:\n  attn_implementation: |\n', ['eager', 'null']],
    ['the default', 'lora:\n  r: |\n', ['8']],
    ['items of a list', 'generate:\n  modes:\n    - gr|\n', ['greedy', 'sampled']],
    ['items in brackets', 'generate:\n  modes: [greedy, s|]\n', ['greedy', 'sampled']],
  ])('offers %s', (_, text, labels) => {
    expect(complete(text).labels).toEqual(expect.arrayContaining(labels));
  });

  test('quotes what other tools would read as false', () => {
    const { take } = complete('train:\n  environment:\n    save_strategy: |\n');
    expect(take('no')).toContain("save_strategy: 'no'");
    expect(take('steps')).toContain('save_strategy: steps');
  });

  test.each([
    'lora:\n  r: 8 # use|\n',
    '# mo|\n',
    'lora:\n  unknown: |\n',
    'model:\n  model_name_or_path: a b|\n',
    'lora:\n  strange:\n    |\n',
  ])('offers nothing in %j', (text) => {
    expect(complete(text).labels).toEqual([]);
  });
});
