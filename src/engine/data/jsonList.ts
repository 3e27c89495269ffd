import * as path from 'node:path';
import { message } from '../../common/message';
import type { ReadItem } from '../../core/data/sourceRow';
import { badText } from './badBytes';
import { byteChunks, type Reading } from './byteChunks';
import type { DatasetFile } from './datasetFile';
import { jsonLayout } from './jsonLayout';
import { hasSurrogateEscape, jsonLines, tooLong } from './jsonLines';
import { jsonRow, problemAt } from './jsonRow';
import { type JsonElement, JsonSplitter, type RowsAt } from './jsonSplitter';
import { ReadError } from './readError';

/** What the layout is told from. */
const HEAD_BYTES = 4 * 1024 * 1024;

/** A .json file: a list of rows, an object with one, or rows behind each other. */
export async function* jsonRows(
  file: DatasetFile,
  reading: Reading,
  maxRowBytes: number,
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  const layout = jsonLayout(await headOf(file, reading));
  if (layout.kind === 'none') {
    if (file.bytes === 0) return;
    throw new ReadError(
      message('{0} holds no list of rows: it starts neither with [ nor with {.', path.basename(file.path)),
      { line: 1 },
    );
  }
  const chunks = byteChunks(file, reading);
  if (layout.kind === 'lines') yield* jsonLines(chunks, maxRowBytes);
  else yield* elements(chunks, layout, maxRowBytes);
}

async function headOf(file: DatasetFile, { signal }: Reading): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of byteChunks(file, { signal })) {
    pieces.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(pieces).toString();
}

async function* elements(
  chunks: AsyncIterable<Buffer>,
  rowsAt: RowsAt,
  maxRowBytes: number,
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  const splitter = new JsonSplitter(rowsAt, maxRowBytes);
  let row = 0;
  const read = (element: JsonElement): ReadItem => {
    const place = { line: element.line, column: element.column, row: row++ };
    if (element.bytes === null) return problemAt(place, tooLong(element.byteCount, maxRowBytes), '');
    const text = element.bytes.toString().trimEnd();
    const reason = badText(element.bytes);
    return reason === null ? jsonRow(text, place, hasSurrogateEscape(element.bytes)) : problemAt(place, reason, text);
  };
  for await (const chunk of chunks) yield splitter.push(chunk).map(read);
  const last = splitter.end();
  if (last !== null) yield [read(last)];
  if (!splitter.isComplete) {
    const line = splitter.openLine;
    throw new ReadError(
      line === null
        ? message('The file ends before its list of rows is closed: it was cut.')
        : message(
            'The file ends in the middle of the row that starts in line {0}: it was cut, or a bracket is missing.',
            line,
          ),
      { line, row },
    );
  }
  yield splitter.unread.map(({ name, line }) =>
    problemAt(
      { line, row: row++ },
      name === ''
        ? message('What stands behind the list of rows was not read.')
        : message('A second list of rows, {0}, was not read. Put it into a file of its own.', name),
      '',
    ),
  );
}
