/** East Asian wide and fullwidth characters and emoji take two cells of a terminal (Unicode TR 11, W and F). */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u;
const NO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;

/** Cells that a text without line ends and escape sequences takes in a terminal. */
export function width(text: string): number {
  let cells = 0;
  for (const character of text) cells += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return cells;
}

export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - width(text)));
}

/** Lines of at most `cells`, broken between words where there are some, and between wide characters. */
export function wrap(text: string, cells: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(2, cells)));
}

/** The start of a text, with an ellipsis where something is left out. */
export function cut(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  let kept = '';
  for (const character of text) {
    if (width(kept) + width(character) > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function wrapLine(line: string, cells: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of line.match(/\s+|[^\s]+/g) ?? []) {
    if (width(current) + width(piece) <= cells) {
      current += piece;
      continue;
    }
    if (/^\s/.test(piece)) continue;
    if (width(piece) <= cells && !WIDE.test(piece)) {
      if (current.trim() !== '') lines.push(current.trimEnd());
      current = piece;
      continue;
    }
    // longer than a line, or without spaces between its words
    for (const character of piece) {
      if (width(current) + width(character) > cells) {
        lines.push(current.trimEnd());
        current = '';
      }
      current += character;
    }
  }
  return [...lines, current.trimEnd()];
}
