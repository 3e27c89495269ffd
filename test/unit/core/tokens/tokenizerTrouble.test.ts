import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { loadTokenizer } from '../../../../src/core/tokens/tokenizer';
import type { TextTokenizer, TokenizerFiles } from '../../../../src/core/tokens/types';

function fixture(name: string): string {
  return readFileSync(
    fileURLToPath(new URL(`../../../fixtures/tokenizers/${name}/tokenizer.json`, import.meta.url)),
    'utf8',
  );
}

function files(tokenizerJson: string, more: Partial<TokenizerFiles> = {}): TokenizerFiles {
  return { tokenizerJson, tokenizerConfig: null, specialTokensMap: null, chatTemplate: null, ...more };
}

/** What is said of gpt2's tokenizer.json with some members changed. */
function trouble(changes: Record<string, unknown>, name = 'gpt2'): string {
  return said(files(JSON.stringify({ ...(JSON.parse(fixture(name)) as object), ...changes })));
}

function said(given: TokenizerFiles): string {
  const loaded = loadTokenizer(given);
  return loaded.ok ? 'loaded' : formatMessage(loaded.error);
}

function configured(config: object): TokenizerFiles {
  return files(fixture('gpt2'), { tokenizerConfig: JSON.stringify(config) });
}

function load(given: TokenizerFiles): TextTokenizer {
  const loaded = loadTokenizer(given);
  if (!loaded.ok) throw new Error(formatMessage(loaded.error));
  return loaded.value;
}

function model(name: string): Record<string, unknown> {
  // SAFETY: the fixtures are tokenizer.json as the library writes it.
  return (JSON.parse(fixture(name)) as { model: Record<string, unknown> }).model;
}

it('says which file is no JSON, and why', () => {
  expect(said(files('{"model": '))).toMatch(/^tokenizer\.json is not JSON: .*Copy the file again/);
  expect(said(files(fixture('gpt2'), { tokenizerConfig: 'nothing' }))).toMatch(/^tokenizer_config\.json is not JSON/);
  expect(said(files(fixture('gpt2'), { specialTokensMap: '[1]' }))).toMatch(/^special_tokens_map\.json should hold/);
  expect(said(files('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9'))).toMatch(/is not JSON/);
});

it('names a component that it does not know', () => {
  expect(trouble({ normalizer: { type: 'Homoglyphs' } })).toBe(
    'The normalizer "Homoglyphs" in tokenizer.json is not known here: only the trainer can show these tokens.',
  );
  expect(trouble({ pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'UnicodeScripts' }] } })).toMatch(
    /^The pre_tokenizer "UnicodeScripts"/,
  );
  expect(trouble({ model: { ...model('gpt2'), type: 'Neural' } })).toMatch(/^The model "Neural"/);
  expect(trouble({ post_processor: { type: 'Magic' } })).toMatch(/^The post_processor "Magic"/);
});

it('names the class and the code that only transformers has', () => {
  expect(said(configured({ tokenizer_class: 'WhisperTokenizer' }))).toMatch(/^The tokenizer_class "WhisperTokenizer"/);
  expect(said(configured({ tokenizer_class: 'BertTokenizer' }))).toMatch(/"model\.type" in tokenizer\.json should be/);
  expect(said(configured({ auto_map: { AutoTokenizer: ['code.Tokenizer', null] } }))).toMatch(/Python code of its own/);
  expect(said(configured({ fix_mistral_regex: true }))).toMatch(/only the trainer can show these tokens/);
  // A class that transformers doesn't have is its plain one.
  expect(said(configured({ tokenizer_class: 'HouseTokenizer' }))).toBe('loaded');
});

it('says where in tokenizer.json a value is wrong', () => {
  expect(said(files('{}'))).toMatch(/^tokenizer\.json has no "model"/);
  expect(trouble({ model: { ...model('gpt2'), vocab: ['a'] } })).toMatch(/^"model\.vocab" in tokenizer\.json/);
  expect(trouble({ model: { ...model('gpt2'), vocab: { a: 'b' } } })).toMatch(/^"model\.vocab\["a"\]" .* 0, 1, 2/);
  expect(trouble({ model: { ...model('gpt2'), merges: ['a b c'] } })).toMatch(/^"model\.merges\[0\]"/);
  expect(trouble({ model: { ...model('gpt2'), merges: [['狐', '狸']] } })).toMatch(/merges "狐" and "狸"/);
  expect(trouble({ added_tokens: [{ id: 1 }] })).toMatch(/^"added_tokens\[0\]\.content"/);
  expect(trouble({ normalizer: { type: 'Precompiled', precompiled_charsmap: '*' } })).toMatch(
    /^"normalizer\.precompiled_charsmap"/,
  );
  expect(
    trouble({ pre_tokenizer: { type: 'Split', pattern: { Regex: '(' }, behavior: 'Isolated', invert: false } }),
  ).toMatch(/^The pattern "\(" in tokenizer\.json is not known here/);
  expect(trouble({ model: { ...model('gpt2'), dropout: 0.1 } })).toMatch(/dropout/);
});

it('says what a text has that there is no token for', () => {
  const words = load(
    files(JSON.stringify({ model: { type: 'WordPiece', unk_token: '[UNK]', vocab: { a: 0, '##b': 1 } } })),
  );
  expect(words.encode('ab').ids).toEqual([0, 1]);
  expect(() => words.encode('c')).toThrow(/The vocabulary has no token for/);
});

it('reads a byte order mark, and an older form without types', () => {
  expect(said(files(`\uFEFF${fixture('gpt2')}`))).toBe('loaded');
  for (const name of ['gpt2', 'bert-uncased', 'unigram-bytes', 'word-level']) {
    const { type, ...rest } = model(name);
    const old = files(JSON.stringify({ ...(JSON.parse(fixture(name)) as object), model: rest }));
    expect(load(old).model, name).toBe(type);
  }
});

it('takes half of a surrogate pair for U+FFFD, and stays in place', () => {
  const tokenizer = load(files(fixture('gpt2')));
  const { ids, ends } = tokenizer.encode('a\uD83D b');
  expect(ids).toEqual(tokenizer.encode('a\uFFFD b').ids);
  expect(ends.at(-1)).toBe(4);
});

it('reads an id that no token has, and one of a gap', () => {
  const tokenizer = load(files(fixture('gpt2')));
  expect(tokenizer.piece(999_999)).toEqual({ id: 999_999, text: '', bytes: null, special: false });
  expect(tokenizer.idOf('no such token')).toBeNull();
});
