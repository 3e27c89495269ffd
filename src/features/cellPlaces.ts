/**
 * The line (from 0) at which each section cell begins in the joined text. Section cells stand in it as they are shown, in
 * order, so they are found by their own lines; this holds for a text that can't be parsed as well. -1: an empty cell.
 */
export function cellStartLines(joined: string, cellTexts: readonly string[]): readonly number[] {
  const lines = joined.replace(/^\uFEFF/, '').split(/\r?\n/);
  let from = 0;
  return cellTexts.map((text) => {
    if (text.trim() === '') return -1;
    const wanted = text.split(/\r?\n/);
    const found = lines.findIndex(
      (_, start) => start >= from && wanted.every((line, offset) => lines[start + offset] === line),
    );
    if (found >= 0) from = found + wanted.length;
    return found;
  });
}

/** The cell that holds a line of the joined text: the last that begins at or before it. */
export function cellAtLine(startLines: readonly number[], line: number): number | null {
  const index = startLines.findLastIndex((start) => start >= 0 && start <= line);
  return index < 0 ? null : index;
}
