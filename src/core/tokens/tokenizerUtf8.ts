/** Places in a text by UTF-8 bytes, as Rust counts, and by UTF-16 units, as JavaScript does. */

export function utf8Length(point: number): number {
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
}

export interface UnitsOfBytes {
  /** Where the character begins that has this byte. */
  start(byte: number): number;
  /** Where the character ends that has the byte before this one. */
  end(byte: number): number;
}

export function unitsOfBytes(text: string): UnitsOfBytes {
  if (isAscii(text)) {
    return { start: (byte) => byte, end: (byte) => byte };
  }
  const starts: number[] = [];
  const ends: number[] = [];
  let unit = 0;
  for (const char of text) {
    for (let left = utf8Length(char.codePointAt(0) ?? 0); left > 0; left--) {
      starts.push(unit);
      ends.push(unit + char.length);
    }
    unit += char.length;
  }
  return { start: (byte) => starts[byte] ?? unit, end: (byte) => ends[byte - 1] ?? unit };
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) {
      return false;
    }
  }
  return true;
}
