/**
 * A model's tokenizer, without Python. See types.ts.
 *
 * The work is done by ports of Rust's own modules. Tokenizer of @huggingface/tokenizers 0.2.0 knows no places, and gives
 * other ids for a fifth of the cases in docs/parity.md: among others its Metaspace doesn't split, its encode_text removes
 * the spaces of lstrip and rstrip and ignores single_word, its BertNormalizer reads a character as one UTF-16 unit.
 * Its translation of Oniguruma's patterns serves here, too (tokenizerRegex.ts).
 */
import type { Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { alignWhole } from './align';
import { type AddedToken, readAddedToken } from './tokenizerAdded';
import { type AddedVocab, addTokens } from './tokenizerAddedVocab';
import { textEncoder } from './tokenizerEncode';
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { createModel } from './tokenizerModel';
import { tokenizerClass } from './tokenizerClass';
import { ownParts } from './tokenizerOwnParts';
import { createNormalizer, type Normalizer } from './tokenizerNormalizer';
import { makePiece } from './tokenizerPieces';
import { createPreTokenizer } from './tokenizerPreTokenizer';
import { TokenizerProblem, wrongValue } from './tokenizerProblem';
import { contentOf, parseObject, readSettings, readTemplate, type TokenizerSettings } from './tokenizerSettings';
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
  const file = parseObject(files.tokenizerJson, 'tokenizer.json');
  const config = parseObject(files.tokenizerConfig, 'tokenizer_config.json');
  const map = parseObject(files.specialTokensMap, 'special_tokens_map.json');
  const listed = readOwnTokens(file);
  const byId = listed.toSorted((one, other) => one.id - other.id).map(({ token }) => token);
  const className = tokenizerClass(config, parseObject(files.modelConfig ?? null, 'config.json'), files.name ?? null);
  const unknown = readSettings(config, map, byId, {}).named.get('unk_token');
  const own =
    className === null
      ? { root: file, defaults: {}, addsSpecialAgain: false }
      : ownParts(className, config, file, unknown === undefined ? null : contentOf(unknown));
  const settings = readSettings(config, map, byId, own.defaults);
  const model = createModel(own.root);
  const kept = className === null ? listed.map(({ token }) => token) : [];
  const added = addTokens(kept, settings, model.idOf, own.addsSpecialAgain);
  const normalize = createNormalizer(own.root['normalizer']);
  const encode = textEncoder({
    added: added.tokens,
    splitsSpecial: settings.splitsSpecial,
    normalize,
    preTokenizer: createPreTokenizer(own.root['pre_tokenizer']),
    model,
    trims: readTrims(own.root['post_processor']),
  });
  const chatTemplate = readTemplate(files.chatTemplate, config['chat_template']);
  return describe({ root: own.root, settings, model, added, chatTemplate, normalize, encode });
}

interface Parts {
  readonly root: JsonObject;
  readonly settings: TokenizerSettings;
  readonly model: TokenizerModel;
  readonly added: AddedVocab;
  readonly chatTemplate: string | null;
  readonly normalize: Normalizer;
  readonly encode: TextTokenizer['encode'];
}

function describe({ root, settings, model, added, chatTemplate, normalize, encode }: Parts): TextTokenizer {
  const tokenOf = new Map(Array.from(model.idOf, ([token, id]) => [id, token]));
  const specialContents = new Set([...settings.named.values(), ...settings.extra].map(contentOf));
  const source = {
    tokenOf: (id: number) => tokenOf.get(id) ?? null,
    addedOf: (id: number) => {
      const token = added.tokens.get(id);
      if (token === undefined) {
        return null;
      }
      // AddedVocabulary::simple_id_to_token: a token that is looked for after normalising shows that form.
      return {
        content: token.content,
        shown: token.normalized ? normalize(alignWhole(token.content)).text : token.content,
      };
    },
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
    chatTemplate,
    addedTokens: Array.from(added.tokens, ([id, { content, special }]) => ({ id, content, special })).toSorted(
      (one, other) => one.id - other.id,
    ),
    encode,
    piece: (id) => makePiece(id, source),
    idOf: (token) => added.idOf.get(token) ?? model.idOf.get(token) ?? null,
  };
}

interface OwnToken {
  readonly id: number;
  readonly token: AddedToken;
}

function readOwnTokens(root: JsonObject): OwnToken[] {
  const tokens: unknown = root['added_tokens'] ?? [];
  if (!Array.isArray(tokens)) {
    throw wrongValue('added_tokens', '[…]');
  }
  return tokens.map((token: unknown, index) => ({
    id: isJsonObject(token) && typeof token['id'] === 'number' ? token['id'] : 0,
    token: readAddedToken(token, `added_tokens[${index}]`),
  }));
}
