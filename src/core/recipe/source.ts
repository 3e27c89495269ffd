import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { RecipeProblem, TextRange } from './problem';

type Place = Pick<RecipeProblem, 'line' | 'column' | 'endLine' | 'endColumn' | 'range'>;
export type Path = readonly (string | number)[];

/** A recipe's text with its YAML tree: where things stand. The tree of a broken text is as much as could be read. */
export class RecipeSource {
  readonly text: string;
  readonly document: Document;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.text = text;
    this.document = parseDocument(text, {
      version: '1.2',
      keepSourceTokens: true,
      lineCounter: this.#lines,
      logLevel: 'error', // with 'silent', yaml 2.9 also keeps silent about a second document
      // a key such as 1 or true is text, as it is for the trainer's JSON; other keys are errors
      stringKeys: true,
      prettyErrors: false,
    });
  }

  /** Nothing but comments and markers. */
  get isEmpty(): boolean {
    const { contents } = this.document;
    return contents === null || (isScalar(contents) && contents.source === '');
  }

  get eol(): '\n' | '\r\n' {
    const crlf = this.text.split('\r\n').length - 1;
    const lf = this.text.split('\n').length - 1 - crlf;
    return crlf > lf ? '\r\n' : '\n';
  }

  place(range: TextRange): Place {
    const start = this.#position(range.start);
    const end = this.#position(range.end);
    return { range, line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
  }

  /** The `key: value` at a path, or null if the text doesn't have it. Parts of the path may be places in lists. */
  pair(path: Path): Pair | null {
    let node: unknown = this.document.contents;
    let found: Pair | null = null;
    for (const part of path) {
      if (isMap(node)) {
        found = node.items.find(({ key }) => keyText(key) === String(part)) ?? null;
        if (found === null) return null;
        node = found.value;
      } else if (isSeq(node)) {
        found = null;
        node = node.items[Number(part)];
      } else return null;
    }
    return found;
  }

  /** The value node at a path; null where the text doesn't have it or has nothing after the colon. */
  node(path: Path): Node | null {
    let node: unknown = this.document.contents;
    for (const part of path) {
      if (isMap(node)) node = node.items.find(({ key }) => keyText(key) === String(part))?.value;
      else if (isSeq(node)) node = node.items[Number(part)];
      else return null;
    }
    return isNode(node) ? node : null;
  }

  keyRange(path: Path): TextRange | null {
    const pair = this.pair(path);
    return pair !== null && isNode(pair.key) ? rangeOfNode(pair.key, this.text) : null;
  }

  /** The value at a path, its key if there is no value, else null. */
  valueRange(path: Path): TextRange | null {
    const node = this.node(path);
    return (node === null ? null : rangeOfNode(node, this.text)) ?? this.keyRange(path);
  }

  /** Where to show a problem at a path: the nearest thing above it that the text has; the first line if nothing is. */
  nearestRange(path: Path): TextRange {
    for (let length = path.length; length > 0; length--) {
      const range = this.keyRange(path.slice(0, length));
      if (range !== null) return range;
    }
    const firstLine = /^\uFEFF?([^\r\n]*)/.exec(this.text)?.[0].length ?? 0;
    return { start: 0, end: firstLine };
  }

  /** The line counter knows no line in an empty text. */
  #position(offset: number): { line: number; col: number } {
    const { line, col } = this.#lines.linePos(Math.min(offset, this.text.length));
    return { line: Math.max(1, line), col: Math.max(1, col) };
  }
}

export function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** Without the line ends that block values have at their end; null for a value that takes no room. */
function rangeOfNode(node: Node, text: string): TextRange | null {
  if (!node.range) return null;
  const [start, end] = node.range;
  const length = text.slice(start, end).trimEnd().length;
  return length === 0 ? null : { start, end: start + length };
}
