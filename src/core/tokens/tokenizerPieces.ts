/** Single tokens as they read: the twin of trainer/src/tunebook_trainer/token_text.py. */
import type { TokenPiece } from '../../protocol/tokenView';
import { BYTE_OF } from './tokenizerBytes';

const encoder = new TextEncoder();
/** Python's bytes.decode keeps a byte order mark. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface PieceSource {
  readonly tokenOf: (id: number) => string | null;
  readonly addedOf: (id: number) => { readonly content: string; readonly shown: string } | null;
  readonly isSpecial: (id: number) => boolean;
  /** Whether the vocabulary writes bytes as characters: "ByteLevel" in the decoder. */
  readonly byteLevel: boolean;
}

export function makePiece(id: number, source: PieceSource): TokenPiece {
  const special = source.isSpecial(id);
  const added = source.addedOf(id);
  if (added !== null) {
    return { id, text: added.shown, bytes: [...encoder.encode(added.content)], special };
  }
  const token = source.tokenOf(id);
  if (token === null) {
    return { id, text: '', bytes: null, special };
  }
  const bytes = source.byteLevel ? Array.from(token, (char) => BYTE_OF.get(char) ?? 0x3f) : fallbackByte(token);
  if (bytes !== null) {
    return { id, text: decoder.decode(Uint8Array.from(bytes)), bytes, special };
  }
  const text = token.replaceAll('\u2581', ' ');
  return { id, text, bytes: [...encoder.encode(text)], special };
}

/** `<0x0A>` */
function fallbackByte(token: string): number[] | null {
  const found = /^<0x([0-9A-Fa-f]{2})>$/.exec(token);
  return found?.[1] === undefined ? null : [Number.parseInt(found[1], 16)];
}
