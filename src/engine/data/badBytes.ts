import { isAscii, isUtf8 } from 'node:buffer';
import { message, type Message } from '../../common/message';

/** Why bytes are no text; null where they are. The place counts from 1, in `bytes`. */
export function badText(bytes: Buffer): Message | null {
  const nul = bytes.indexOf(0);
  if (nul >= 0) return message('Byte {0} is NUL: this is no text, or the file is damaged.', nul + 1);
  if (isAscii(bytes) || isUtf8(bytes)) return null;
  const at = firstInvalid(bytes);
  const value = `0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
  return message('Byte {0} ({1}) is not UTF-8. Save the file as UTF-8.', at + 1, value);
}

/** Index of the first byte with which the text stops being UTF-8; the length where it is. */
export function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Length of the well-formed sequence at `at`; 0 where there is none (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length ? length : 0;
}
