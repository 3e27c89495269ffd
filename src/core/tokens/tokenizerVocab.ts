/** What the models share. */
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { wrongValue } from './tokenizerProblem';

/** Offsets count UTF-16 units of the piece, end exclusive. */
export interface ModelToken {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** What Rust's token reads where that isn't the vocabulary's word: Unigram's unknown token. */
  readonly text?: string;
}

export interface TokenizerModel {
  readonly type: 'BPE' | 'Unigram' | 'WordPiece' | 'WordLevel';
  readonly idOf: ReadonlyMap<string, number>;
  tokenize(piece: string): readonly ModelToken[];
}

export function readVocab(model: JsonObject, path: string): Map<string, number> {
  const { vocab } = model;
  if (!isJsonObject(vocab)) {
    throw wrongValue(`${path}.vocab`, '{…}');
  }
  const ids = new Map<string, number>();
  for (const [token, id] of Object.entries(vocab)) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
      throw wrongValue(`${path}.vocab[${JSON.stringify(token)}]`, '0, 1, 2, …');
    }
    ids.set(token, id);
  }
  return ids;
}

export function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
