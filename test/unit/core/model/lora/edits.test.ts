import { describe, expect, test } from 'vitest';
import { loraEdit } from '../../../../../src/core/model/lora/edits';
import type { LoraValues } from '../../../../../src/core/model/lora/ticks';
import { applyEdits } from '../../../../../src/core/recipe/edit';
import { RecipeSource } from '../../../../../src/core/recipe/source';

function edited(text: string, values: LoraValues): string | null {
  const edit = loraEdit(new RecipeSource(text), values);
  return edit === null ? null : applyEdits(text, [edit]);
}

describe('the lora section of a recipe', () => {
  const text = [
    '# # My recipe',
    'model:',
    '  model_name_or_path: a/b',
    '',
    'lora:',
    '  r: 8 # small',
    '  target_modules: [q_proj, v_proj] # attention',
    '  layers_to_transform: [0, 1]',
    '',
    '# the data',
    'data:',
    '  path: a.jsonl',
    '',
  ].join('\n');

  test('gets several keys at once, and loses one', () => {
    expect(
      edited(text, { target_modules: 'all-linear', exclude_modules: ['lm_head'], layers_to_transform: null }),
    ).toBe(
      text
        .replace('[q_proj, v_proj]', 'all-linear')
        .replace('  layers_to_transform: [0, 1]\n', '  exclude_modules: [lm_head]\n'),
    );
  });
  test('keeps Windows line ends', () => {
    const windows = text.replaceAll('\n', '\r\n');
    expect(edited(windows, { target_parameters: ['experts.down_proj'], lora_dropout: 0 })).toBe(
      windows.replace('[0, 1]\r\n', '[0, 1]\r\n  target_parameters: [experts.down_proj]\r\n  lora_dropout: 0\r\n'),
    );
  });
  test('is made where there is none', () => {
    expect(edited('model: {model_name_or_path: a}\n', { target_modules: ['q_proj'] })).toContain(
      'lora:\n  target_modules: [q_proj]\n',
    );
  });
  test('keeps the lines of a list, with their comments', () => {
    const list =
      'lora:\n  target_modules:\n    - q_proj # first\n    - k_proj\n    # of the MLP\n    - up_proj\n  r: 8\n';
    expect(edited(list, { target_modules: ['q_proj', 'up_proj', 'down_proj'] })).toBe(
      'lora:\n  target_modules:\n    - q_proj # first\n    # of the MLP\n    - up_proj\n    - down_proj\n  r: 8\n',
    );
    expect(edited(list, { target_modules: 'all-linear' })).toBe('lora:\n  target_modules: all-linear\n  r: 8\n');
    expect(edited('lora:\n  target_modules:\n  - q_proj', { target_modules: ['q_proj', 'k_proj'] })).toBe(
      'lora:\n  target_modules:\n  - q_proj\n  - k_proj',
    );
  });
  test('quotes a pattern that YAML would read otherwise', () => {
    const pattern = String.raw`model\.layers\.(?:0|1)\..*q_proj|#: x`;
    const after = edited(text, { target_modules: pattern });
    expect(new RecipeSource(after ?? '').document.toJS()).toMatchObject({ lora: { target_modules: pattern, r: 8 } });
  });
  test('is left alone where the text is no YAML, or lora no mapping', () => {
    expect(edited('lora: [', { target_modules: ['q_proj'] })).toBeNull();
    expect(edited('lora: 5\n', { target_modules: ['q_proj'] })).toBeNull();
  });
  test('nothing to write changes nothing', () => {
    expect(edited(text, {})).toBe(text);
    expect(edited(text, { layers_pattern: null })).toBe(text);
  });
});
