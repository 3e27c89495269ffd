import { isUtf8 } from 'node:buffer';
import { MAX_LINE_CHARACTERS } from '../../core/data/problems/line';

/** A line without its end; a \r before it is no part of it. */
export interface SweptLine {
  /** 0-based. */
  readonly line: number;
  /** Null: too long to be kept. What isn't UTF-8 in it is U+FFFD. */
  readonly text: string | null;
  /** The bytes where they are no UTF-8. */
  readonly broken: Buffer | null;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The lines of a text file, in batches; blank ones too. At most one line and one chunk are in memory. */
export async function* sweepLines(
  chunks: AsyncIterable<Buffer>,
  maxLineBytes = MAX_LINE_CHARACTERS,
): AsyncGenerator<readonly SweptLine[], void, undefined> {
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  let line = 0;
  const keep = (piece: Buffer): void => {
    pieceBytes += piece.length;
    if (pieceBytes > maxLineBytes) pieces = [];
    // copied: the chunk's memory is used again
    else if (piece.length > 0) pieces.push(Buffer.from(piece));
  };
  const end = (): SweptLine => {
    const swept =
      pieceBytes > maxLineBytes ? { line, text: null, broken: null } : sweptLine(Buffer.concat(pieces), line);
    pieces = [];
    pieceBytes = 0;
    line++;
    return swept;
  };
  for await (const chunk of chunks) {
    const batch: SweptLine[] = [];
    let start = 0;
    for (let feed = chunk.indexOf(LINE_FEED); feed >= 0; feed = chunk.indexOf(LINE_FEED, start)) {
      if (pieceBytes === 0 && feed - start <= maxLineBytes) batch.push(sweptLine(chunk.subarray(start, feed), line++));
      else {
        keep(chunk.subarray(start, feed));
        batch.push(end());
      }
      start = feed + 1;
    }
    keep(chunk.subarray(start));
    yield batch;
  }
  if (pieceBytes > 0) yield [end()];
}

function sweptLine(bytes: Buffer, line: number): SweptLine {
  const content = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  const isText = isUtf8(content);
  return { line, text: content.toString('utf8'), broken: isText ? null : Buffer.from(content) };
}
