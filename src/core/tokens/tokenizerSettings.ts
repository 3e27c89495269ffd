/**
 * What tokenizer_config.json and special_tokens_map.json say beside tokenizer.json, resolved as
 * PreTrainedTokenizerBase._from_pretrained and __init__ do (transformers 5.18, tokenization_utils_base.py).
 */
import { message } from '../../common/message';
import { type AddedToken, addedTokenOf, readAddedToken } from './tokenizerAdded';
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { TokenizerProblem } from './tokenizerProblem';

export interface TokenizerSettings {
  /** bos_token, eos_token, … and the model's own (image_token, …), in the order in which they are added. */
  readonly named: ReadonlyMap<string, string | AddedToken>;
  /** additional_special_tokens, now called extra_special_tokens. */
  readonly extra: readonly (string | AddedToken)[];
  /** added_tokens_decoder: by id, ascending. */
  readonly added: readonly AddedToken[];
  /** split_special_tokens: special tokens in a text are text. */
  readonly splitsSpecial: boolean;
}

/** SPECIAL_TOKENS_ATTRIBUTES */
const ATTRIBUTES: readonly string[] = [
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token',
];

/**
 * `own`: the added tokens of tokenizer.json, by id. `defaults`: of the constructor. special_tokens_map.json (`map`) counts
 * only where the configuration has no added_tokens_decoder.
 */
export function readSettings(
  config: JsonObject,
  map: JsonObject,
  own: readonly AddedToken[],
  defaults: Readonly<Record<string, string>>,
): TokenizerSettings {
  const decoder = config['added_tokens_decoder'];
  const listed = isJsonObject(decoder) ? readDecoder(decoder) : own;
  const merged = { ...defaults, ...config, ...(!isJsonObject(decoder) && map) };
  const extra = extraTokens(config, isJsonObject(decoder) ? {} : map);
  return {
    named: namedTokens(merged, extra, new Map(listed.map((token) => [token.content, token]))),
    extra: Array.isArray(extra) ? extra.flatMap((value) => readToken(value, 'extra_special_tokens') ?? []) : [],
    added: listed,
    splitsSpecial: config['split_special_tokens'] === true,
  };
}

function namedTokens(
  merged: JsonObject,
  extra: unknown,
  listed: ReadonlyMap<string, AddedToken>,
): ReadonlyMap<string, string | AddedToken> {
  const named = new Map<string, string | AddedToken>();
  const others = Object.keys(merged).filter((key) => key.endsWith('_token') && !ATTRIBUTES.includes(key));
  const byName = isJsonObject(extra) ? extra : {};
  for (const [key, value] of [
    ...[...ATTRIBUTES, ...others].map((name) => [name, merged[name]] as const),
    ...Object.entries(byName),
  ]) {
    const token = readToken(value, key);
    if (token !== null) {
      named.set(key, ATTRIBUTES.includes(key) ? (listed.get(contentOf(token)) ?? token) : token);
    }
  }
  return named;
}

/** The configuration's count before those of special_tokens_map.json, whose extra_special_tokens join them. */
function extraTokens(config: JsonObject, map: JsonObject): unknown {
  const current = config['extra_special_tokens'];
  const own = isEmpty(current) ? (config['additional_special_tokens'] ?? current) : current;
  const joined = map['extra_special_tokens'];
  if (Array.isArray(joined) && (own === undefined || own === null || Array.isArray(own))) {
    return [...(own ?? []), ...joined];
  }
  return joined ?? own ?? map['additional_special_tokens'];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) ? value : Object.keys(value)).length === 0;
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
export function readTemplate(file: string | null, configured: unknown): string | null {
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
