import { isAscii, isUtf8 } from 'node:buffer';
import { message, type Message } from '../../common/message';
import type { ReadItem } from '../../core/data/sourceRow';
import { badText } from './badBytes';
import { jsonRow, problemAt } from './jsonRow';

/** A row larger than this is no example to train on; it is skipped without being kept. */
export const MAX_ROW_BYTES = 64 * 1000 * 1000;

const LINE_FEED = 10;

/** One object a line. Blank lines are no rows. */
export async function* jsonLines(
  chunks: AsyncIterable<Buffer>,
  maxRowBytes = MAX_ROW_BYTES,
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  const lines = new LineReader(maxRowBytes);
  for await (const chunk of chunks) yield lines.push(chunk);
  yield lines.end();
}

class LineReader {
  readonly #maxRowBytes: number;
  /** Of the line that has not ended yet; empty while it is skipped. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #isSkipping = false;
  #line = 1;
  #row = 0;

  constructor(maxRowBytes: number) {
    this.#maxRowBytes = maxRowBytes;
  }

  push(chunk: Buffer): ReadItem[] {
    const items: ReadItem[] = [];
    const firstEnd = chunk.indexOf(LINE_FEED);
    if (firstEnd < 0) {
      this.#keep(chunk);
      return items;
    }
    this.#keep(chunk.subarray(0, firstEnd));
    this.#endLine(items);
    const lastEnd = chunk.lastIndexOf(LINE_FEED);
    if (lastEnd > firstEnd) this.#wholeLines(chunk.subarray(firstEnd + 1, lastEnd), items);
    this.#keep(chunk.subarray(lastEnd + 1));
    return items;
  }

  end(): ReadItem[] {
    const items: ReadItem[] = [];
    this.#endLine(items);
    return items;
  }

  /** Copied: the chunk's memory is used again. */
  #keep(piece: Buffer): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes > this.#maxRowBytes) {
      this.#isSkipping = true;
      this.#pieces = [];
    } else if (piece.length > 0) this.#pieces.push(Buffer.from(piece));
  }

  #endLine(items: ReadItem[]): void {
    if (this.#isSkipping) this.#tooLong(items);
    else this.#bytes(Buffer.concat(this.#pieces), items);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#isSkipping = false;
  }

  #tooLong(items: ReadItem[]): void {
    const reason = tooLong(this.#pieceBytes, this.#maxRowBytes);
    items.push(problemAt({ line: this.#line++, row: this.#row++ }, reason, ''));
  }

  /** Lines between two line ends of a chunk, without the last one's. Decoded at once where they are sound. */
  #wholeLines(block: Buffer, items: ReadItem[]): void {
    const ascii = isAscii(block);
    if (block.includes(0) || !(ascii || isUtf8(block))) {
      for (let start = 0; start <= block.length;) {
        const found = block.indexOf(LINE_FEED, start);
        const end = found < 0 ? block.length : found;
        this.#bytes(block.subarray(start, end), items);
        start = end + 1;
      }
      return;
    }
    const mayBeCut = hasSurrogateEscape(block);
    for (const text of block.toString(ascii ? 'latin1' : 'utf8').split('\n')) this.#text(text, mayBeCut, items);
  }

  #bytes(bytes: Buffer, items: ReadItem[]): void {
    const reason = badText(bytes);
    if (reason === null) this.#text(bytes.toString(), hasSurrogateEscape(bytes), items);
    else items.push(problemAt({ line: this.#line++, row: this.#row++ }, reason, bytes.toString()));
  }

  #text(text: string, mayBeCut: boolean, items: ReadItem[]): void {
    const line = this.#line++;
    const trimmed = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (trimmed === '' || (trimmed.charCodeAt(0) <= 32 && trimmed.trim() === '')) return;
    items.push(jsonRow(trimmed, { line, row: this.#row++ }, mayBeCut));
  }
}

export function tooLong(byteCount: number, maxRowBytes: number): Message {
  return message('This row has {0} bytes; rows of more than {1} MB are not read.', byteCount, maxRowBytes / 1e6);
}

export function hasSurrogateEscape(bytes: Buffer): boolean {
  return bytes.includes('\\ud') || bytes.includes('\\uD');
}
