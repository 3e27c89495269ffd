import type { ReadItem } from '../../core/data/sourceRow';
import { assertNever } from '../../common/assertNever';
import { byteChunks, type Reading } from './byteChunks';
import { type DatasetFile, datasetFile } from './datasetFile';
import { jsonLines, MAX_ROW_BYTES } from './jsonLines';
import { jsonRows } from './jsonList';

/**
 * The rows of a dataset file in their order, in batches of about a megabyte, in bounded memory. A row that can't be read is
 * an item of its own; where reading can't go on, ReadError is thrown. Leaving the loop closes the file.
 */
export async function* readRows(
  file: string,
  reading: Reading & { readonly maxRowBytes?: number } = {},
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  reading.signal?.throwIfAborted();
  for await (const batch of rowsOf(await datasetFile(file), reading, reading.maxRowBytes ?? MAX_ROW_BYTES))
    if (batch.length > 0) yield batch;
}

async function* rowsOf(
  file: DatasetFile,
  reading: Reading,
  maxRowBytes: number,
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  switch (file.format) {
    case 'jsonl':
      return yield* jsonLines(byteChunks(file, reading), maxRowBytes);
    case 'json':
      return yield* jsonRows(file, reading, maxRowBytes);
    case 'csv':
    case 'tsv': {
      const { separatedRows } = await import('./separated');
      return yield* separatedRows(byteChunks(file, reading), file.format === 'csv' ? ',' : '\t', maxRowBytes);
    }
    case 'parquet': {
      const { parquetRows } = await import('./parquet/parquetRows');
      if (!file.gzip) return yield* parquetRows(file.path, reading);
      const { unpacked } = await import('./parquet/unpacked');
      return yield* unpacked(file, reading, (plain) => parquetRows(plain, { signal: reading.signal }));
    }
    default:
      return assertNever(file.format);
  }
}
