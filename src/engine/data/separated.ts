import { isUtf8 } from 'node:buffer';
import { CsvError, type InfoRecord, type Parser, parse } from 'csv-parse';
import { message } from '../../common/message';
import type { ReadItem } from '../../core/data/sourceRow';
import { badText } from './badBytes';
import { problemAt } from './jsonRow';
import { quoteFault } from './quotes';
import { ReadError } from './readError';

type Separator = ',' | '\t';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** CSV or TSV by RFC 4180: the first row names the columns, every cell is text as it is written. Blank lines are no rows. */
export async function* separatedRows(
  chunks: AsyncIterable<Buffer>,
  separator: Separator,
  maxRowBytes: number,
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  const reader = new SeparatedReader(separator, maxRowBytes);
  try {
    for await (const chunk of chunks) {
      await reader.push(chunk);
      yield reader.taken();
    }
    await reader.end();
  } catch (error) {
    // what stands before the fault is told before it
    yield reader.taken();
    throw error;
  }
  yield reader.taken();
}

class SeparatedReader {
  readonly #separator: Separator;
  readonly #maxRowBytes: number;
  readonly #parser: Parser;
  #items: ReadItem[] = [];
  #header: readonly string[] | null = null;
  #row = 0;
  /** Bytes from `#windowStart` in the file on: those of the record that has not ended yet, then the current chunk. */
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;
  #windowIsText = true;
  /** Where the last record ended. */
  #end = { bytes: 0, lines: 0 };
  /** csv-parse's own count, in which a CRLF inside of quotes is two lines. */
  #countedLines = 0;

  constructor(separator: Separator, maxRowBytes: number) {
    this.#separator = separator;
    this.#maxRowBytes = maxRowBytes;
    this.#parser = parse({
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      relax_column_count: true,
      // what is wrong with quotes is told by quoteFault, for one row, not for the rest of the file
      relax_quotes: true,
      max_record_size: maxRowBytes,
      on_record: (cells: string[], info) => {
        this.#record(cells, info);
        return null;
      },
    });
    // whoever writes gets the error; a stream without a listener would end the process
    this.#parser.on('error', () => undefined);
    this.#parser.resume();
  }

  async push(chunk: Buffer): Promise<void> {
    const before = this.#window.subarray(this.#end.bytes - this.#windowStart);
    this.#window = Buffer.concat([before, chunk]);
    this.#windowStart = this.#end.bytes;
    this.#windowIsText = isText(this.#window);
    // csv-parse keeps a view of what it is given, which is why it gets the copy
    await this.#told((done) => this.#parser.write(this.#window.subarray(before.length), done));
  }

  async end(): Promise<void> {
    await this.#told((done) => {
      this.#parser.once('error', done);
      this.#parser.end(() => done());
    });
  }

  #told(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      act((error) => (error ? reject(this.#words(error)) : resolve()));
    });
  }

  /** The rows since it was asked for the last time. */
  taken(): ReadItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #record(cells: readonly string[], { bytes, lines }: InfoRecord): void {
    const all = this.#window.subarray(this.#end.bytes - this.#windowStart, bytes - this.#windowStart);
    const isOneLine = lines - this.#countedLines === 1;
    const blank = isOneLine ? 0 : blankBytes(all);
    const line = this.#end.lines + 1 + lineEnds(all.subarray(0, blank));
    this.#end = { bytes, lines: this.#end.lines + (isOneLine ? 1 : lineEnds(all)) };
    this.#countedLines = lines;
    const raw = all.subarray(blank);
    if (this.#header === null) {
      this.#header = this.#namesOf(cells, raw, line);
      return;
    }
    this.#items.push(this.#item(cells, raw, line, this.#header));
  }

  #item(cells: readonly string[], raw: Buffer, line: number, header: readonly string[]): ReadItem {
    const place = { line, row: this.#row++ };
    const notText = this.#windowIsText ? null : badText(raw);
    if (notText !== null) return problemAt(place, notText, raw.toString());
    if (cells.some((cell) => cell.startsWith('"'))) {
      const text = raw.toString();
      const fault = quoteFault(text, this.#separator);
      if (fault?.kind === 'closedEarly') {
        const reason = message(
          'The quote that opens in line {0} closes in line {1}, but the cell goes on. A quote inside of quotes is written twice.',
          line + lineEnds(text.slice(0, fault.at)),
          line + lineEnds(text.slice(0, fault.end)),
        );
        return problemAt(place, reason, text);
      }
    }
    if (cells.length !== header.length) {
      const reason = message('This row has {0} cells, but the header has {1}.', cells.length, header.length);
      return problemAt(place, reason, raw.toString().trimEnd());
    }
    const value = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
    return { kind: 'row', row: { ...place, text: null, value } };
  }

  #namesOf(cells: readonly string[], raw: Buffer, line: number): readonly string[] {
    const notText = badText(raw);
    if (notText !== null) throw new ReadError(notText, { line });
    // spreadsheets leave commas at the end for columns without a name
    const names = cells.map((name, index) => (name === '' && cells.indexOf('') < index ? `column ${index + 1}` : name));
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined)
      throw new ReadError(message('Two columns are called {0}. Give each a name of its own.', twice), { line });
    return names;
  }

  #words(error: Error): Error {
    if (!(error instanceof CsvError)) return error;
    const all = this.#window.subarray(this.#end.bytes - this.#windowStart);
    const blank = blankBytes(all);
    const text = all.toString('latin1', blank);
    const start = this.#end.lines + 1 + lineEnds(all.subarray(0, blank));
    const fault = quoteFault(text, this.#separator);
    const line = start + (fault === null ? 0 : lineEnds(text.slice(0, fault.at)));
    const at = { line, row: this.#row };
    switch (error.code) {
      case 'CSV_QUOTE_NOT_CLOSED':
        return new ReadError(message('The quote that opens in line {0} is never closed.', line), at, error);
      case 'CSV_MAX_RECORD_SIZE':
        return new ReadError(
          message(
            'The row that starts in line {0} has more than {1} MB. A quote that is never closed does that.',
            line,
            this.#maxRowBytes / 1e6,
          ),
          at,
          error,
        );
      default:
        return new ReadError(message('Line {0} can’t be read: {1}', line, error.message), at, error);
    }
  }
}

/** A character may be cut at the end. */
function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  return [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, bytes.length - cut)));
}

/** Blank lines stand before the record that csv-parse gives. */
function blankBytes(bytes: Buffer): number {
  const found = bytes.findIndex((byte) => byte !== CARRIAGE_RETURN && byte !== LINE_FEED);
  return found < 0 ? bytes.length : found;
}

function lineEnds(text: string | Buffer): number {
  return (typeof text === 'string' ? text : text.toString('latin1')).match(/\r\n|\n|\r/g)?.length ?? 0;
}
