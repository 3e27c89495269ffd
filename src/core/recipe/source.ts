import { type Document, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import type { TextRange } from './problem';

/** A recipe's text with its YAML tree: where things stand. */
export class RecipeSource {
  readonly text: string;
  readonly document: Document;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.text = text;
    this.document = parseDocument(text, {
      lineCounter: this.#lines,
      keepSourceTokens: true,
      prettyErrors: false,
      version: '1.2',
      merge: false,
      uniqueKeys: true,
    });
  }

  range(start: number, end: number): TextRange {
    const from = this.#lines.linePos(start);
    const to = this.#lines.linePos(end);
    // linePos gives line 0 for an empty document, which has no line starts
    return {
      start,
      end,
      line: Math.max(1, from.line),
      column: Math.max(1, from.col),
      endLine: Math.max(1, to.line),
      endColumn: Math.max(1, to.col),
    };
  }

  /** The `key: value` at a path, or null if the text doesn't have it. */
  pair(path: readonly PropertyKey[]): Pair | null {
    let node: unknown = this.document.contents;
    let found: Pair | null = null;
    for (const part of path) {
      found = null;
      if (isMap(node)) {
        found =
          node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(part)) ?? null;
        if (found === null) return null;
        node = found.value;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        if (node === undefined) return null;
      } else return null;
    }
    return found;
  }

  keyRange(path: readonly PropertyKey[]): TextRange {
    const pair = this.pair(path);
    const range = pair !== null && isNode(pair.key) ? pair.key.range : null;
    return range ? this.range(range[0], range[1]) : this.nearestRange(path.slice(0, -1));
  }

  /** The value at a path; its key if the value is empty; else the nearest thing above it that the text has. */
  valueRange(path: readonly PropertyKey[]): TextRange {
    let node: unknown = this.document.contents;
    for (const part of path) {
      if (isMap(node)) node = this.#child(node, part);
      else if (isSeq(node)) node = node.items[Number(part)];
      else node = undefined;
    }
    if (isPair(node)) node = node.value;
    if (isNode(node) && node.range && node.range[1] > node.range[0]) {
      const trimmed = this.text.slice(node.range[0], node.range[1]).trimEnd().length;
      return this.range(node.range[0], node.range[0] + Math.max(1, trimmed));
    }
    return this.pair(path) === null ? this.nearestRange(path.slice(0, -1)) : this.keyRange(path);
  }

  nearestRange(path: readonly PropertyKey[]): TextRange {
    for (let length = path.length; length > 0; length--) {
      const pair = this.pair(path.slice(0, length));
      if (pair !== null && isNode(pair.key) && pair.key.range) return this.range(pair.key.range[0], pair.key.range[1]);
    }
    const firstLine = this.text.split(/\r?\n/, 1)[0]?.length ?? 0;
    return this.range(0, firstLine);
  }

  #child(map: { items: Pair[] }, part: PropertyKey): unknown {
    return map.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(part))?.value;
  }
}
