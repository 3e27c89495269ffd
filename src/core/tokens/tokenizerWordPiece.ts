/** tokenizers/src/models/wordpiece/mod.rs and wordlevel/mod.rs */
import { type JsonObject, optionalStringAt } from './tokenizerJson';
import { type ModelToken, readVocab, type TokenizerModel } from './tokenizerVocab';
import { missingUnknown, wrongValue } from './tokenizerProblem';

export function wordPieceModel(model: JsonObject, path: string): TokenizerModel {
  const vocab = readVocab(model, path);
  const prefix = optionalStringAt(model, 'continuing_subword_prefix', path) ?? '##';
  const unknown = optionalStringAt(model, 'unk_token', path) ?? '[UNK]';
  const most = model['max_input_chars_per_word'] ?? 100;
  if (typeof most !== 'number') {
    throw wrongValue(`${path}.max_input_chars_per_word`, '1, 2, 3, …');
  }
  return {
    type: 'WordPiece',
    idOf: vocab,
    tokenize(piece) {
      const tokens = [...piece].length > most ? null : longestPieces(vocab, prefix, piece);
      return tokens ?? [{ id: unknownId(vocab, unknown, piece), start: 0, end: piece.length }];
    },
  };
}

/** null: the word can't be made of tokens. */
function longestPieces(vocab: ReadonlyMap<string, number>, prefix: string, word: string): ModelToken[] | null {
  const tokens: ModelToken[] = [];
  for (let start = 0; start < word.length;) {
    const lead = start > 0 ? prefix : '';
    let end = word.length;
    let id: number | undefined;
    while (start < end) {
      id = vocab.get(lead + word.slice(start, end));
      if (id !== undefined) {
        break;
      }
      end -= isPairEnd(word, end) ? 2 : 1;
    }
    if (id === undefined) {
      return null;
    }
    tokens.push({ id, start, end });
    start = end;
  }
  return tokens;
}

function isPairEnd(text: string, end: number): boolean {
  return end >= 2 && (text.codePointAt(end - 2) ?? 0) > 0xff_ff;
}

export function wordLevelModel(model: JsonObject, path: string): TokenizerModel {
  const vocab = readVocab(model, path);
  const unknown = optionalStringAt(model, 'unk_token', path) ?? '<unk>';
  return {
    type: 'WordLevel',
    idOf: vocab,
    tokenize: (piece) => [{ id: vocab.get(piece) ?? unknownId(vocab, unknown, piece), start: 0, end: piece.length }],
  };
}

/** MissingUnkToken */
function unknownId(vocab: ReadonlyMap<string, number>, unknown: string, word: string): number {
  const id = vocab.get(unknown);
  if (id === undefined) {
    throw missingUnknown(word, unknown);
  }
  return id;
}
