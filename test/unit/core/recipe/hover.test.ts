import { describe, expect, test } from 'vitest';
import { docsOf, hoverAt } from '../../../../src/core/recipe/hover';
import { parameters } from '../../../../src/core/recipe/parameters';

/** The offset of | in a text, and the text without it. */
function marked(text: string): [string, number] {
  const offset = text.indexOf('|');
  return [text.slice(0, offset) + text.slice(offset + 1), offset];
}

describe('docsOf', () => {
  test('says type, default, meaning and where to read more', () => {
    expect(docsOf(['lora', 'r'])).toMatchObject({
      key: 'r',
      type: 'integer ≥ 1',
      defaultText: '8',
      required: false,
      docsUrl: 'https://huggingface.co/docs/peft/package_reference/lora#peft.LoraConfig',
    });
    expect(docsOf(['model', 'model_name_or_path'])).toMatchObject({ required: true, defaultText: null });
    expect(docsOf(['train', 'environment', 'save_strategy'])?.defaultText).toBe('no');
    expect(docsOf(['model', 'quantization_config', 'load_in_4bit'])?.docsUrl).toContain('BitsAndBytesConfig');
    expect(docsOf(['lora', 'nothing'])).toBeNull();
  });

  test('has words for every parameter', () => {
    expect(parameters().length).toBeGreaterThan(90);
    for (const { path } of parameters()) {
      const docs = docsOf(path)!;
      expect(docs.description.text, path.join('.')).toMatch(/^\S.{15,}\.$|^\S.{15,}\?$/s);
      expect(docs.type, path.join('.')).not.toMatch(/any|undefined/);
      expect(docs.docsUrl, path.join('.')).toMatch(/^https:\/\/huggingface\.co\/docs\//);
    }
  });
});

describe('hoverAt', () => {
  test.each([
    ['lo|ra:\n  r: 8\n', 'lora'],
    ['lora:\n  r|: 8\n', 'lora.r'],
    ['lora:\n  target_modules: [q_|proj]\n', 'lora.target_modules'],
    ['train:\n  data:\n    packing: tr|ue\n', 'train.data.packing'],
    ['train: {data: {pack|ing: true}}\n', 'train.data.packing'],
    ['lora:\n  rank_pattern:\n    q_pr|oj: 4\n', 'lora.rank_pattern'],
    ['model:\n  quantization_config:\n    load_in|_4bit: true\n  oops [\n', 'model.quantization_config.load_in_4bit'],
  ])('%j is about %s', (text, path) => {
    const [plain, offset] = marked(text);
    const hover = hoverAt(plain, offset)!;
    expect(hover.path.join('.')).toBe(path);
    expect(plain.slice(hover.range.start, hover.range.end)).toBe(hover.key);
  });

  test.each(['lora:\n  unkn|own: 8\n', '# lo|ra\nlora:\n', '|', '- l|ora\n', 'lora:\0|'])('%j says nothing', (text) => {
    expect(hoverAt(...marked(text))).toBeNull();
  });
});
