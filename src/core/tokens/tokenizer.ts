/** A model's tokenizer, without Python. See types.ts. */
import type { Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { type AddedToken, readAddedToken } from './tokenizerAdded';
import { type AddedVocab, addTokens } from './tokenizerAddedVocab';
import { textEncoder } from './tokenizerEncode';
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { createModel } from './tokenizerModel';
import { createNormalizer } from './tokenizerNormalizer';
import { makePiece } from './tokenizerPieces';
import { createPreTokenizer } from './tokenizerPreTokenizer';
import { TokenizerProblem, wrongValue } from './tokenizerProblem';
import { contentOf, parseObject, readSettings, type TokenizerSettings } from './tokenizerSettings';
import { readTrims } from './tokenizerTrim';
import type { TokenizerModel } from './tokenizerVocab';
import type { TextTokenizer, TokenizerFiles } from './types';

/** An error says what in the files can't be used here; the trainer may still know what to do with it. */
export function loadTokenizer(files: TokenizerFiles): Result<TextTokenizer, Message> {
  try {
    return ok(buildTokenizer(files));
  } catch (error) {
    if (error instanceof TokenizerProblem) {
      return err(error.problem);
    }
    throw error;
  }
}

function buildTokenizer(files: TokenizerFiles): TextTokenizer {
  const root = parseObject(files.tokenizerJson, 'tokenizer.json');
  const own = readOwnTokens(root);
  const settings = readSettings(files, own);
  const model = createModel(root);
  const added = addTokens(own, settings, model.idOf);
  const encode = textEncoder({
    added: added.tokens,
    splitsSpecial: settings.splitsSpecial,
    normalize: createNormalizer(root['normalizer']),
    cut: createPreTokenizer(root['pre_tokenizer']),
    model,
    trims: readTrims(root['post_processor']),
  });
  return describe(root, settings, model, added, encode);
}

function describe(
  root: JsonObject,
  settings: TokenizerSettings,
  model: TokenizerModel,
  added: AddedVocab,
  encode: TextTokenizer['encode'],
): TextTokenizer {
  const tokenOf = new Map(Array.from(model.idOf, ([token, id]) => [id, token]));
  const specialContents = new Set([...settings.named.values(), ...settings.extra].map(contentOf));
  const source = {
    tokenOf: (id: number) => added.tokens.get(id)?.content ?? tokenOf.get(id) ?? null,
    isAdded: (id: number) => added.tokens.has(id),
    isSpecial: (id: number) => {
      const token = added.tokens.get(id);
      return token !== undefined && (token.special || specialContents.has(token.content));
    },
    byteLevel: JSON.stringify(root['decoder'] ?? null).includes('"ByteLevel"'),
  };
  const named = (key: string): string | null => {
    const token = settings.named.get(key);
    return token === undefined ? null : contentOf(token);
  };
  let both = 0;
  for (const content of added.idOf.keys()) {
    both += model.idOf.has(content) ? 1 : 0;
  }
  return {
    model: model.type,
    vocabSize: model.idOf.size + added.idOf.size - both,
    special: {
      bos_token: named('bos_token'),
      eos_token: named('eos_token'),
      pad_token: named('pad_token'),
      unk_token: named('unk_token'),
    },
    chatTemplate: settings.chatTemplate,
    addedTokens: Array.from(added.tokens, ([id, { content, special }]) => ({ id, content, special })).toSorted(
      (one, other) => one.id - other.id,
    ),
    encode,
    piece: (id) => makePiece(id, source),
    idOf: (token) => added.idOf.get(token) ?? model.idOf.get(token) ?? null,
  };
}

function readOwnTokens(root: JsonObject): AddedToken[] {
  const tokens = root['added_tokens'] ?? [];
  if (!Array.isArray(tokens)) {
    throw wrongValue('added_tokens', '[…]');
  }
  return tokens
    .toSorted((one: unknown, other: unknown) => idOf(one) - idOf(other))
    .map((token: unknown, index) => readAddedToken(token, `added_tokens[${index}]`));
}

function idOf(token: unknown): number {
  return isJsonObject(token) && typeof token['id'] === 'number' ? token['id'] : 0;
}
