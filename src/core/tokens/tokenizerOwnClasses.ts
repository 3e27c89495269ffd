/**
 * The classes of transformers 5.18 that build a tokenizer themselves, out of the vocabulary and merges that tokenizer.json
 * has: __init__ in models/<family>/tokenization_<family>.py. What stands here is what they build.
 */
import { isJsonObject, type JsonObject } from './tokenizerJson';

export interface OwnClass {
  readonly model: 'BPE' | 'WordPiece' | 'Unigram';
  /** Members of the model; its unknown token by the settings' name. */
  readonly members: JsonObject;
  readonly unknown?: true;
  readonly normalizer: (config: JsonObject, root: JsonObject) => unknown;
  readonly preTokenizer: (config: JsonObject) => unknown;
  readonly decoder: unknown;
  /** null: none that moves places; absent: that of tokenizer.json. */
  readonly postProcessor?: (config: JsonObject) => unknown;
  readonly defaults: Readonly<Record<string, string>>;
  readonly addsSpecialAgain?: true;
}

const BYTES = { type: 'ByteLevel' };
const NONE = (): null => null;
const NFC = (): JsonObject => ({ type: 'NFC' });

const QWEN2 = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const QWEN3_5 = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

const END_OF_TEXT = { unk_token: '<|endoftext|>', bos_token: '<|endoftext|>', eos_token: '<|endoftext|>' };

const GPT2: OwnClass = {
  model: 'BPE',
  members: {},
  normalizer: NONE,
  preTokenizer: byteLevel,
  decoder: BYTES,
  defaults: END_OF_TEXT,
};

const ROBERTA: OwnClass = {
  ...GPT2,
  postProcessor: (config) => ({
    type: 'RobertaProcessing',
    trim_offsets: config['trim_offsets'] !== false,
    add_prefix_space: config['add_prefix_space'] === true,
  }),
  defaults: {
    bos_token: '<s>',
    eos_token: '</s>',
    sep_token: '</s>',
    cls_token: '<s>',
    unk_token: '<unk>',
    pad_token: '<pad>',
    mask_token: '<mask>',
  },
};

export const OWN_PARTS: Readonly<Record<string, OwnClass>> = {
  GPT2Tokenizer: GPT2,
  // Its ByteLevel post-processor doesn't trim, and gives way to that of tokenizer.json.
  CodeGenTokenizer: GPT2,
  GPTNeoXTokenizer: {
    ...GPT2,
    normalizer: NFC,
    postProcessor: NONE, // update_post_processor
    defaults: { ...END_OF_TEXT, pad_token: '<|padding|>' },
  },
  RobertaTokenizer: ROBERTA,
  BartTokenizer: ROBERTA,
  LEDTokenizer: ROBERTA,
  MvpTokenizer: ROBERTA,
  Qwen2Tokenizer: qwen(QWEN2, true),
  Qwen3_5Tokenizer: qwen(QWEN3_5, false),
  CohereTokenizer: {
    ...GPT2,
    normalizer: NFC,
    preTokenizer: (config) => sequence([{ type: 'Digits', individual_digits: true }, byteLevel(config)]),
    defaults: {
      unk_token: '<UNK>',
      bos_token: '<BOS_TOKEN>',
      eos_token: '<|END_OF_TURN_TOKEN|>',
      pad_token: '<PAD>',
      cls_token: '<CLS>',
      sep_token: '<SEP>',
      mask_token: '<MASK_TOKEN>',
    },
  },
  LlamaTokenizer: {
    model: 'BPE',
    members: { fuse_unk: true, byte_fallback: true },
    normalizer: NONE,
    // _get_prepend_scheme
    preTokenizer: (config) => metaspace(config, config['legacy'] === true ? 'always' : 'first', false),
    decoder: null,
    defaults: { unk_token: '<unk>', bos_token: '<s>', eos_token: '</s>' },
  },
  GemmaTokenizer: {
    model: 'BPE',
    members: { fuse_unk: true, byte_fallback: true },
    unknown: true,
    normalizer: () => ({ type: 'Replace', pattern: { String: ' ' }, content: '▁' }),
    preTokenizer: () => ({
      type: 'Split',
      pattern: { String: ' ' },
      behavior: 'MergedWithPrevious',
      invert: false,
    }),
    decoder: null,
    defaults: {
      unk_token: '<unk>',
      bos_token: '<bos>',
      eos_token: '<eos>',
      pad_token: '<pad>',
      mask_token: '<mask>',
    },
  },
  BertTokenizer: {
    model: 'WordPiece',
    members: {},
    unknown: true,
    normalizer: (config) => ({
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config['tokenize_chinese_chars'] !== false,
      strip_accents: config['strip_accents'] ?? null,
      lowercase: config['do_lower_case'] !== false,
    }),
    preTokenizer: () => ({ type: 'BertPreTokenizer' }),
    decoder: null,
    postProcessor: NONE,
    defaults: {
      unk_token: '[UNK]',
      sep_token: '[SEP]',
      pad_token: '[PAD]',
      cls_token: '[CLS]',
      mask_token: '[MASK]',
    },
  },
  XLMRobertaTokenizer: {
    model: 'Unigram',
    members: { unk_id: 3 },
    normalizer: (_, root) => precompiledOf(root['normalizer']),
    preTokenizer: (config) => sequence([{ type: 'WhitespaceSplit' }, metaspace(config, 'always', true)]),
    decoder: null,
    postProcessor: NONE,
    defaults: ROBERTA.defaults,
  },
};

function qwen(pattern: string, addsSpecialAgain: boolean): OwnClass {
  return {
    ...GPT2,
    normalizer: NFC,
    preTokenizer: (config) =>
      sequence([
        { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
        { ...byteLevel(config), use_regex: false },
      ]),
    defaults: { unk_token: '<|endoftext|>', eos_token: '<|endoftext|>', pad_token: '<|endoftext|>' },
    ...(addsSpecialAgain && { addsSpecialAgain }),
  };
}

function byteLevel(config: JsonObject): JsonObject {
  return { type: 'ByteLevel', add_prefix_space: config['add_prefix_space'] === true, use_regex: true };
}

function metaspace(config: JsonObject, scheme: string, split: boolean): JsonObject {
  return {
    type: 'Metaspace',
    replacement: '▁',
    prepend_scheme: config['add_prefix_space'] === false ? 'never' : scheme,
    split,
  };
}

function sequence(pretokenizers: readonly JsonObject[]): JsonObject {
  return { type: 'Sequence', pretokenizers };
}

/** `_spm_precompiled_charsmap` in TokenizersBackend.convert_to_native_format */
function precompiledOf(normalizer: unknown): unknown {
  const all =
    isJsonObject(normalizer) && Array.isArray(normalizer['normalizers']) ? normalizer['normalizers'] : [normalizer];
  return all.find((part: unknown) => isJsonObject(part) && part['type'] === 'Precompiled') ?? null;
}
