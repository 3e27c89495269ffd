/** tokenizers/src/models/bpe/model.rs */
import { message } from '../../common/message';
import { flagAt, type JsonObject, optionalStringAt } from './tokenizerJson';
import { wordByWord, wordsAreApart } from './tokenizerBpeWords';
import { type Merges, mergeSymbols, readMerges, type Symbols } from './tokenizerMerge';
import { unitsOfBytes, utf8Length } from './tokenizerUtf8';
import { byteToken, type ModelToken, readVocab, type TokenizerModel } from './tokenizerVocab';
import { missingUnknown, TokenizerProblem } from './tokenizerProblem';

const encoder = new TextEncoder();

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);

interface Bpe {
  readonly vocab: ReadonlyMap<string, number>;
  readonly merges: Merges;
  readonly unknown: number | null;
  readonly unknownToken: string | null;
  readonly prefix: string;
  readonly suffix: string;
  readonly fusesUnknown: boolean;
  readonly fallsBack: boolean;
}

export function bpeModel(model: JsonObject, path: string): TokenizerModel {
  const vocab = readVocab(model, path);
  const prefix = optionalStringAt(model, 'continuing_subword_prefix', path) ?? '';
  const unknownToken = optionalStringAt(model, 'unk_token', path);
  const bpe: Bpe = {
    vocab,
    merges: readMerges(model, path, vocab, prefix.length),
    unknownToken,
    unknown: unknownToken === null ? null : (vocab.get(unknownToken) ?? null),
    prefix,
    suffix: optionalStringAt(model, 'end_of_word_suffix', path) ?? '',
    fusesUnknown: flagAt(model, 'fuse_unk', path, false),
    fallsBack: flagAt(model, 'byte_fallback', path, false),
  };
  const ignoresMerges = flagAt(model, 'ignore_merges', path, false);
  if (typeof model['dropout'] === 'number' && model['dropout'] > 0) {
    throw new TokenizerProblem(
      message(
        'tokenizer.json has "dropout": no two looks at a text see the same tokens, so they are not shown here. Set it to null.',
      ),
    );
  }
  const merge = (piece: string): readonly ModelToken[] => tokenizeBpe(bpe, piece);
  const tokenize = canSplit(bpe) ? wordByWord(merge) : merge;
  return {
    type: 'BPE',
    idOf: vocab,
    tokenize(piece) {
      const whole = ignoresMerges ? vocab.get(piece) : undefined;
      return whole === undefined ? tokenize(piece) : [{ id: whole, start: 0, end: piece.length }];
    },
  };
}

/** Where characters can get lost (no token for them, none for the unknown), places shift from word to word. */
function canSplit({ vocab, merges, prefix, suffix, unknown, fallsBack }: Bpe): boolean {
  const losesNothing = unknown !== null || (fallsBack && ALL_BYTES.every((byte) => vocab.has(byteToken(byte))));
  return prefix === '' && suffix === '' && losesNothing && wordsAreApart(merges.tokens, vocab);
}

/** Rust places tokens by adding up their bytes, characters that no token stands for not among them (Word, word.rs). */
function tokenizeBpe(bpe: Bpe, piece: string): ModelToken[] {
  const { ids, lengths } = mergeSymbols(firstSymbols(bpe, piece), bpe.merges);
  const units = unitsOfBytes(piece);
  const tokens: ModelToken[] = [];
  let byte = 0;
  for (const [index, id] of ids.entries()) {
    const start = byte;
    byte += lengths[index] ?? 0;
    tokens.push({ id, start: units.start(start), end: units.end(byte) });
  }
  return tokens;
}

/**
 * merge_word. @huggingface/tokenizers 0.2.0 (BPE.encode) looks for unknown characters only after merging, so that merges
 * never take in the bytes of a character or the unknown token.
 */
function firstSymbols(bpe: Bpe, piece: string): Symbols {
  const symbols: Symbols = { ids: [], lengths: [] };
  let waiting = 0;
  const flush = (): void => {
    if (waiting > 0 && bpe.unknown !== null) {
      symbols.ids.push(bpe.unknown);
      symbols.lengths.push(waiting);
    }
    waiting = 0;
  };
  let start = 0;
  for (const char of piece) {
    const end = start + char.length;
    const symbol = (start > 0 ? bpe.prefix : '') + char + (end === piece.length ? bpe.suffix : '');
    const length = utf8Length(char.codePointAt(0) ?? 0);
    const id = bpe.vocab.get(symbol);
    // An unknown character that waits comes behind these bytes: merge_word doesn't add it before them.
    const bytes = id === undefined && bpe.fallsBack ? bytesOf(bpe.vocab, symbol) : null;
    if (id !== undefined) {
      flush();
      symbols.ids.push(id);
      symbols.lengths.push(length);
    } else if (bytes !== null) {
      symbols.ids.push(...bytes);
      symbols.lengths.push(...bytes.map(() => 1));
    } else if (bpe.unknownToken !== null) {
      if (bpe.unknown === null) {
        throw missingUnknown(char, bpe.unknownToken); // UnkTokenOutOfVocabulary
      }
      if (!bpe.fusesUnknown) {
        flush();
      }
      waiting += length;
    }
    start = end;
  }
  flush();
  return symbols;
}

function bytesOf(vocab: ReadonlyMap<string, number>, text: string): number[] | null {
  const ids: number[] = [];
  for (const byte of encoder.encode(text)) {
    const id = vocab.get(byteToken(byte));
    if (id === undefined) {
      return null;
    }
    ids.push(id);
  }
  return ids;
}
