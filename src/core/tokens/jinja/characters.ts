/** len(str): Python counts code points. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const before = text.charCodeAt(index - 1);
    if (unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff) count -= 1;
  }
  return count;
}

/** list(str): characters are code points in Python. */
export function characters(text: string): readonly string[] {
  return codePoints(text) === text.length ? text.split('') : Array.from(text);
}

/** Where obj[index] of a sequence is; null where there is nothing. */
export function placeOf(length: number, index: bigint): number | null {
  const place = index < 0n ? BigInt(length) + index : index;
  return place < 0n || place >= BigInt(length) ? null : Number(place);
}
