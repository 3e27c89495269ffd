/** A value of a JSON file that is a row, or should be one. */
export interface JsonElement {
  /** From 1: where it starts. The column counts as JavaScript does. */
  readonly line: number;
  readonly column: number;
  /** Null where it is larger than the limit: its bytes were not kept. */
  readonly bytes: Buffer | null;
  readonly byteCount: number;
}

export type RowsAt =
  /** Elements of the outer list. */
  | { readonly kind: 'list' }
  /** Elements of the list under `key`. */
  | { readonly kind: 'member'; readonly key: string }
  /** Objects behind each other. */
  | { readonly kind: 'objects' };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const MAX_NAME_BYTES = 1000;

/**
 * Cuts a JSON file into its rows by brackets and quotes alone, as its bytes come: the file is never in memory as a whole,
 * and a row that is no JSON spoils no other.
 */
export class JsonSplitter {
  readonly #rowsAt: RowsAt;
  /** Brackets around a row. */
  readonly #rowDepth: number;
  readonly #maxBytes: number;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #line = 1;
  #column = 0;
  #inList: boolean;
  #hasEnded = false;
  /** Of the row that has begun: its line, what was kept of it, its size so far. */
  #openLine: number | null = null;
  #openColumn = 1;
  #pieces: Buffer[] = [];
  #byteCount = 0;
  /** The last string beside the rows, which is a member's name if a colon follows. */
  #string: number[] = [];
  #name = '';
  #listName: string | null = null;
  readonly #unread: { readonly name: string; readonly line: number }[] = [];

  constructor(rowsAt: RowsAt, maxBytes: number) {
    this.#rowsAt = rowsAt;
    this.#rowDepth = { objects: 0, list: 1, member: 2 }[rowsAt.kind];
    this.#inList = rowsAt.kind === 'objects';
    this.#maxBytes = maxBytes;
  }

  /** The line on which the row starts that has not ended yet. */
  get openLine(): number | null {
    return this.#openLine;
  }

  /** Whether the list was closed; objects behind each other have no end but the file's. */
  get isComplete(): boolean {
    return this.#openLine === null && (this.#rowsAt.kind === 'objects' || this.#hasEnded);
  }

  /** Other lists of objects beside the rows, and what stands behind their end. */
  get unread(): readonly { readonly name: string; readonly line: number }[] {
    return this.#unread;
  }

  /** The rows that end in this chunk. */
  push(chunk: Buffer): JsonElement[] {
    const elements: JsonElement[] = [];
    let start = this.#openLine === null ? -1 : 0;
    const close = (end: number): void => {
      if (start < 0) return;
      this.#keep(chunk.subarray(start, end));
      elements.push(this.#element());
      start = -1;
    };
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      // the first byte of a character is no continuation; four bytes are two UTF-16 units
      if ((byte & 0xc0) !== 0x80) this.#column += byte >= 0xf0 ? 2 : 1;
      if (this.#inString) {
        // a JSON string can't hold a line end: the row is broken, and the next one shall not be
        if (byte === LINE_FEED) {
          this.#inString = false;
          this.#isEscaped = false;
          this.#line++;
          this.#column = 0;
        } else if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) this.#inString = false;
        if (start < 0 && this.#string.length < MAX_NAME_BYTES) this.#string.push(byte);
        continue;
      }
      if (byte <= 0x20) {
        if (byte !== LINE_FEED) continue;
        if (this.#rowDepth === 0 && this.#depth === 0) close(at);
        this.#line++;
        this.#column = 0;
        continue;
      }
      const isAtRows = this.#inList && this.#depth === this.#rowDepth;
      if (isAtRows && byte === COMMA) {
        close(at);
        continue;
      }
      if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
        this.#depth = Math.max(0, this.#depth - 1);
        if (isAtRows && this.#rowDepth > 0) {
          close(at);
          this.#inList = false;
          this.#hasEnded = true;
        } else if (this.#rowDepth === 0 && this.#depth === 0) close(at + 1);
        continue;
      }
      if (isAtRows && start < 0) {
        start = at;
        this.#openLine = this.#line;
        this.#openColumn = this.#column;
      }
      if (byte === QUOTE) {
        this.#inString = true;
        if (start < 0) this.#string = [QUOTE];
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (start < 0) this.#outside(byte);
        this.#depth++;
      } else if (byte === COLON && start < 0) this.#name = nameOf(this.#string);
    }
    if (start >= 0) this.#keep(chunk.subarray(start));
    return elements;
  }

  /** The row that is whole when the file ends, though nothing stands behind it. */
  end(): JsonElement | null {
    const isWhole = this.#openLine !== null && this.#depth === this.#rowDepth && !this.#inString;
    return isWhole ? this.#element() : null;
  }

  /** A bracket beside the rows: their list begins, or one that nobody reads. */
  #outside(byte: number): void {
    if (this.#hasEnded && this.#depth === 0) {
      this.#unread.push({ name: '', line: this.#line });
      return;
    }
    if (byte === OPEN_BRACKET) {
      this.#listName = this.#depth === 1 ? this.#name : null;
      this.#inList =
        !this.#hasEnded &&
        this.#depth === this.#rowDepth - 1 &&
        (this.#rowsAt.kind === 'list' || (this.#rowsAt.kind === 'member' && this.#name === this.#rowsAt.key));
      return;
    }
    if (this.#depth !== 2 || this.#listName === null) return;
    this.#unread.push({ name: this.#listName, line: this.#line });
    this.#listName = null;
  }

  /** Copied: the chunk's memory is used again. */
  #keep(piece: Buffer): void {
    this.#byteCount += piece.length;
    if (this.#byteCount > this.#maxBytes) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(Buffer.from(piece));
  }

  #element(): JsonElement {
    const isKept = this.#byteCount <= this.#maxBytes;
    const element = {
      line: this.#openLine ?? this.#line,
      column: this.#openColumn,
      bytes: isKept ? Buffer.concat(this.#pieces) : null,
      byteCount: this.#byteCount,
    };
    this.#openLine = null;
    this.#pieces = [];
    this.#byteCount = 0;
    return element;
  }
}

function nameOf(string: readonly number[]): string {
  const written = Buffer.from(string).toString();
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}
