/**
 * What tokenizer_config.json and special_tokens_map.json say beside tokenizer.json, resolved as
 * PreTrainedTokenizerBase._from_pretrained and __init__ do (transformers 5.18, tokenization_utils_base.py).
 */
import { message } from '../../common/message';
import { type AddedToken, addedTokenOf, readAddedToken } from './tokenizerAdded';
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { TokenizerProblem } from './tokenizerProblem';
import type { TokenizerFiles } from './types';

export interface TokenizerSettings {
  /** Without the "Fast" that transformers 4 wrote; null: not said. */
  readonly tokenizerClass: string | null;
  readonly config: JsonObject;
  /** bos_token, eos_token, … and the model's own (image_token, …), as they are to be added. */
  readonly named: ReadonlyMap<string, string | AddedToken>;
  /** additional_special_tokens, now called extra_special_tokens. */
  readonly extra: readonly (string | AddedToken)[];
  /** added_tokens_decoder: by id, ascending. */
  readonly added: readonly AddedToken[];
  /** split_special_tokens: special tokens in a text are text. */
  readonly splitsSpecial: boolean;
  readonly chatTemplate: string | null;
}

/** SPECIAL_TOKENS_ATTRIBUTES */
const ATTRIBUTES = new Set([
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token',
]);

export function readSettings(files: TokenizerFiles, added: readonly AddedToken[]): TokenizerSettings {
  const config = parseObject(files.tokenizerConfig, 'tokenizer_config.json');
  const decoder = config['added_tokens_decoder'];
  // special_tokens_map.json counts only where the configuration has no added_tokens_decoder.
  const merged = isJsonObject(decoder)
    ? config
    : { ...config, ...parseObject(files.specialTokensMap, 'special_tokens_map.json') };
  const listed = isJsonObject(decoder) ? readDecoder(decoder) : added;
  const byContent = new Map(listed.map((token) => [token.content, token]));
  const named = new Map<string, string | AddedToken>();
  for (const [key, value] of Object.entries(merged)) {
    const token = key.endsWith('_token') ? readToken(value, key) : null;
    if (token !== null) {
      named.set(key, ATTRIBUTES.has(key) ? (byContent.get(contentOf(token)) ?? token) : token);
    }
  }
  const extra = merged['extra_special_tokens'] ?? merged['additional_special_tokens'];
  for (const [key, value] of isJsonObject(extra) ? Object.entries(extra) : []) {
    const token = readToken(value, `extra_special_tokens.${key}`);
    if (token !== null) {
      named.set(key, token);
    }
  }
  const tokenizerClass = config['tokenizer_class'];
  return {
    tokenizerClass: typeof tokenizerClass === 'string' ? tokenizerClass.replace(/Fast$/, '') : null,
    config,
    named,
    extra: Array.isArray(extra) ? extra.flatMap((value) => readToken(value, 'extra_special_tokens') ?? []) : [],
    added: isJsonObject(decoder) ? listed : [],
    splitsSpecial: config['split_special_tokens'] === true,
    chatTemplate: readTemplate(files.chatTemplate, config['chat_template']),
  };
}

export function contentOf(token: string | AddedToken): string {
  return typeof token === 'string' ? token : token.content;
}

export function parseObject(text: string | null, file: string): JsonObject {
  if (text === null) {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new TokenizerProblem(
      message(
        '{0} is not JSON: {1}. Copy the file again from where the model came from.',
        file,
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
  if (!isJsonObject(value)) {
    throw new TokenizerProblem(
      message('{0} should hold an object. Copy the file again from where the model came from.', file),
    );
  }
  return value;
}

function readDecoder(decoder: JsonObject): AddedToken[] {
  return Object.entries(decoder)
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([id, token]) => readAddedToken(token, `added_tokens_decoder[${id}]`, 'tokenizer_config.json'));
}

function readToken(value: unknown, key: string): string | AddedToken | null {
  if (typeof value === 'string') {
    return value;
  }
  return isJsonObject(value) && typeof value['content'] === 'string'
    ? { ...addedTokenOf(value, key, 'tokenizer_config.json'), special: value['special'] !== false }
    : null;
}

/** chat_template.jinja counts more; Python reads it with universal newlines. Several templates by name: "default". */
function readTemplate(file: string | null, configured: unknown): string | null {
  if (file !== null) {
    return file.replaceAll(/\r\n?/g, '\n');
  }
  if (typeof configured === 'string') {
    return configured;
  }
  const named = Array.isArray(configured)
    ? configured.find((entry: unknown) => isJsonObject(entry) && entry['name'] === 'default')?.template
    : isJsonObject(configured)
      ? configured['default']
      : null;
  return typeof named === 'string' ? named : null;
}
