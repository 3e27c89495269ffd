import * as vscode from 'vscode';

const MARGIN_LINES = 40;
/** As many as are looked at in a moment; the background sweep sees the others. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
const HEAD_LINES = 60;
const HEAD_LINE_CHARACTERS = 64 * 1024;

export interface Lines {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** JSONL files, and texts that are to become one. Others' views of a file (a diff's left side) are not ours to mark. */
export function isDatasetText({ uri, languageId }: vscode.TextDocument): boolean {
  return (uri.scheme === 'file' && /\.jsonl$/i.test(uri.path)) || (uri.scheme === 'untitled' && languageId === 'jsonl');
}

/** The first lines, by which it is known what the file is. */
export function headOf(document: vscode.TextDocument): readonly string[] {
  const count = Math.min(HEAD_LINES, document.lineCount);
  return Array.from({ length: count }, (_, line) => document.lineAt(line).text.slice(0, HEAD_LINE_CHARACTERS));
}

/** What the editors of a document show, and some lines around it. */
export function visibleLines(document: vscode.TextDocument): readonly Lines[] {
  const ranges = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges)
    .map(({ start, end }) => ({
      from: Math.max(0, start.line - MARGIN_LINES),
      to: Math.min(document.lineCount, end.line + 1 + MARGIN_LINES),
    }))
    .toSorted((a, b) => a.from - b.from);
  let seen = 0;
  return ranges.map(({ from, to }) => {
    const firstLine = Math.max(from, seen);
    const lines: string[] = [];
    let characters = 0;
    for (let line = firstLine; line < to && characters < MAX_CHARACTERS; line++) {
      const { text } = document.lineAt(line);
      characters += text.length;
      lines.push(text);
    }
    seen = firstLine + lines.length;
    return { firstLine, lines };
  });
}
