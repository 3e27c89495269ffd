/** tokenizers/src/models/unigram/model.rs: encode_optimized and tokenize. */
import { message } from '../../common/message';
import { charLength } from './align';
import { flagAt, type JsonObject, listAt } from './tokenizerJson';
import { byteToken, type ModelToken, type TokenizerModel } from './tokenizerVocab';
import { prefixSearch } from './tokenizerPrefixes';
import { TokenizerProblem, wrongValue } from './tokenizerProblem';

const encoder = new TextEncoder();

/** K_UNK_PENALTY */
const UNKNOWN_PENALTY = 10;

export function unigramModel(model: JsonObject, path: string): TokenizerModel {
  const idOf = new Map<string, number>();
  const scores: number[] = [];
  for (const [id, entry] of listAt(model, 'vocab', path).entries()) {
    const [token, score]: readonly unknown[] = Array.isArray(entry) ? entry : [];
    if (typeof token !== 'string' || typeof score !== 'number') {
      throw wrongValue(`${path}.vocab[${id}]`, '["…", -1.5]');
    }
    idOf.set(token, id);
    scores.push(score);
  }
  const unknown = readUnknown(model, path, scores.length);
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  const fallsBack = flagAt(model, 'byte_fallback', path, false);
  const prefixes = prefixSearch([...idOf.keys()]);
  return {
    type: 'Unigram',
    idOf,
    tokenize(piece) {
      const tokens: ModelToken[] = [];
      for (const { start, end } of bestPath(piece, { idOf, scores, unknown, unknownScore, prefixes })) {
        const text = piece.slice(start, end);
        const id = idOf.get(text);
        const bytes = id === undefined && fallsBack ? bytesOf(idOf, text) : null;
        for (const part of bytes ?? [id ?? knownOr(unknown)]) {
          tokens.push(id === undefined && bytes === null ? { id: part, start, end, text } : { id: part, start, end });
        }
      }
      return tokens;
    },
  };
}

interface Search {
  readonly idOf: ReadonlyMap<string, number>;
  readonly scores: readonly number[];
  readonly unknown: number | null;
  readonly unknownScore: number;
  readonly prefixes: (text: string, start: number) => readonly number[];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Viterbi. What is unknown and stands together is one stretch (fuse_unk is always on). */
function bestPath(piece: string, search: Search): Stretch[] {
  const size = piece.length;
  const scores = new Float64Array(size + 1);
  const from = new Int32Array(size + 1).fill(-1);
  const unknowns = new Uint8Array(size + 1);
  const offer = (start: number, end: number, score: number, isUnknown: boolean): void => {
    const total = score + (scores[start] ?? 0);
    if (from[end] === -1 || total > (scores[end] ?? 0)) {
      scores[end] = total;
      from[end] = start;
      unknowns[end] = isUnknown ? 1 : 0;
    }
  };
  for (let start = 0; start < size;) {
    const length = charLength(piece, start);
    let single = false;
    for (const end of search.prefixes(piece, start)) {
      const id = search.idOf.get(piece.slice(start, end)) ?? 0;
      offer(start, end, search.scores[id] ?? 0, id === search.unknown);
      single ||= end - start === length;
    }
    if (!single) {
      knownOr(search.unknown);
      offer(start, start + length, search.unknownScore, true);
    }
    start += length;
  }
  const stretches: { start: number; end: number; isUnknown: boolean }[] = [];
  for (let end = size; end > 0; end = from[end] ?? 0) {
    const start = from[end] ?? 0;
    const isUnknown = unknowns[end] === 1;
    const last = stretches.at(-1);
    if (isUnknown && last?.isUnknown === true) {
      last.start = start;
    } else {
      stretches.push({ start, end, isUnknown });
    }
  }
  return stretches.toReversed();
}

function bytesOf(idOf: ReadonlyMap<string, number>, text: string): number[] | null {
  const ids: number[] = [];
  for (const byte of encoder.encode(text)) {
    const id = idOf.get(byteToken(byte));
    if (id === undefined) {
      return null;
    }
    ids.push(id);
  }
  return ids;
}

function readUnknown(model: JsonObject, path: string, size: number): number | null {
  const unknown = model['unk_id'] ?? null;
  if (unknown === null) {
    return null;
  }
  if (typeof unknown !== 'number' || !Number.isInteger(unknown) || unknown < 0 || unknown >= size) {
    throw wrongValue(`${path}.unk_id`, `0 … ${size - 1}`);
  }
  return unknown;
}

/** MissingUnkId */
function knownOr(unknown: number | null): number {
  if (unknown === null) {
    throw new TokenizerProblem(
      message(
        'The text has a character that the vocabulary lacks, and tokenizer.json names no unknown token (unk_id).',
      ),
    );
  }
  return unknown;
}
