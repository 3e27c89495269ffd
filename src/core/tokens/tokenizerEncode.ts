/** Text to ids and places: TokenizerImpl::encode_char_offsets (tokenizers/src/tokenizer/mod.rs). */
import { alignWhole, type AlignedText, originEnd, originStart } from './align';
import { byteLevel } from './tokenizerBytes';
import type { PreTokenizer } from './tokenizerPreTokenizer';
import { type AddedToken, addedSplitter } from './tokenizerAdded';
import { type EdgeSpaces, edgeSpaces, type Trim, trimSpan } from './tokenizerTrim';
import type { ModelToken, TokenizerModel } from './tokenizerVocab';
import type { TextEncoding } from './types';

export interface EncoderParts {
  readonly added: ReadonlyMap<number, AddedToken>;
  readonly splitsSpecial: boolean;
  readonly normalize: (aligned: AlignedText) => AlignedText;
  readonly preTokenizer: PreTokenizer;
  readonly model: TokenizerModel;
  readonly trims: readonly Trim[];
}

/** Words come again and again; a word that is longer than this hardly does. */
const LONGEST_KEPT = 64;
const MOST_KEPT = 50_000;

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export function textEncoder(parts: EncoderParts): (text: string) => TextEncoding {
  const { model, preTokenizer, trims } = parts;
  const matched = parts.splitsSpecial
    ? new Map(Array.from(parts.added).filter(([, token]) => !token.special))
    : parts.added;
  const split = addedSplitter(matched, parts.normalize);
  const spacesOf = spacesById(model);
  const kept = new Map<string, readonly ModelToken[]>();
  const tokenize = (piece: string): readonly ModelToken[] => {
    const known = kept.get(piece);
    if (known !== undefined) {
      return known;
    }
    const tokens = preTokenizer.writesBytes ? tokenizeBytes(model, piece) : model.tokenize(piece);
    if (piece.length <= LONGEST_KEPT) {
      if (kept.size >= MOST_KEPT) {
        kept.clear();
      }
      kept.set(piece, tokens);
    }
    return tokens;
  };
  return (text) => {
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    const push = (id: number, start: number, end: number, spaces: EdgeSpaces | null): void => {
      const span = spaces === null ? { start, end } : trimSpan(text, { start, end }, spaces, ids.length, trims);
      ids.push(id);
      starts.push(span.start);
      ends.push(span.end);
    };
    // Rust's strings hold no half of a surrogate pair; here it counts as U+FFFD, as in every UTF-8 encoder.
    for (const { aligned, id } of split(text.replaceAll(LONE_SURROGATE, '\uFFFD'))) {
      if (id !== null) {
        const spaces = trims.length === 0 ? null : edgeSpaces(aligned.text);
        push(id, originStart(aligned, 0), originEnd(aligned, aligned.text.length - 1), spaces);
        continue;
      }
      for (const piece of preTokenizer.cut([aligned])) {
        for (const token of tokenize(piece.text)) {
          const spaces = trims.length === 0 ? null : spacesOf(token);
          push(token.id, originStart(piece, token.start), originEnd(piece, token.end - 1), spaces);
        }
      }
    }
    return { ids, starts, ends };
  };
}

/** The places are those in the piece before it is written in bytes. */
function tokenizeBytes(model: TokenizerModel, piece: string): readonly ModelToken[] {
  const bytes = byteLevel(alignWhole(piece));
  const tokens: ModelToken[] = [];
  for (const token of model.tokenize(bytes.text)) {
    tokens.push({ ...token, start: originStart(bytes, token.start), end: originEnd(bytes, token.end - 1) });
  }
  return tokens;
}

function spacesById(model: TokenizerModel): (token: ModelToken) => EdgeSpaces | null {
  const spaces = new Map<number, EdgeSpaces>();
  for (const [token, id] of model.idOf) {
    const edges = edgeSpaces(token);
    if (edges.leading > 0 || edges.trailing > 0) {
      spaces.set(id, edges);
    }
  }
  return ({ id, text }) => (text === undefined ? (spaces.get(id) ?? null) : edgeSpaces(text));
}
