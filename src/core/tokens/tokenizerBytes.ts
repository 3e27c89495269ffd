/** GPT-2's printable stand-ins for bytes (bytes_char in tokenizers/src/pre_tokenizers/byte_level.rs). */
import type { AlignedText } from './align';
import { expandChars } from './alignEdits';

const encoder = new TextEncoder();

const STAND_INS: readonly string[] = makeStandIns();

export const BYTE_OF: ReadonlyMap<string, number> = new Map(STAND_INS.map((char, byte) => [char, byte]));

function makeStandIns(): string[] {
  const chars: string[] = [];
  let others = 0;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    chars.push(String.fromCodePoint(printable ? byte : 256 + others++));
  }
  return chars;
}

/** Each byte of a character's UTF-8 becomes a character of its own that comes from the whole of it. */
export function byteLevel(aligned: AlignedText): AlignedText {
  return expandChars(aligned, (char) => Array.from(encoder.encode(char), (byte) => STAND_INS[byte] ?? ''));
}
