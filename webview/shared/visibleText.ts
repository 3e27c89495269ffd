/** A piece of a token's text: as it is, or white space that has to be seen. */
export interface TextPiece {
  readonly text: string;
  /** What stands for it; the text itself stays in the document, so that copying gives the real one. */
  readonly mark: string | null;
}

/** As the editor renders white space; the control pictures (␠) are missing from many fonts. */
const MARKS: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\r': '\\r', '\t': '→' };

/** Splits at white space: " a\n" → ·, a, ↵. An inner space of a longer text is marked too: it is part of the token. */
export function visibleText(text: string): TextPiece[] {
  return (text.match(/[ \n\r\t]|[^ \n\r\t]+/g) ?? []).map((piece) => ({ text: piece, mark: MARKS[piece] ?? null }));
}

/** The same in one line, for a label that is read or hovered. */
export function visibleLine(text: string): string {
  return visibleText(text)
    .map(({ text: piece, mark }) => mark ?? piece)
    .join('');
}
