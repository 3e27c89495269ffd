import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { parquetMetadataAsync, parquetSchema, type RowGroup, type SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { message } from '../../../common/message';
import type { ReadItem } from '../../../core/data/sourceRow';
import { badText } from '../badBytes';
import type { Reading } from '../byteChunks';
import { problemAt } from '../jsonRow';
import { ReadError } from '../readError';
import { FileSlices } from './fileSlices';
import { LeafColumn } from './leafColumn';
import { findBadText, plainValue } from './values';

const BATCH_ROWS = 250;

/** Rows of a Parquet file, as many at a time as the pages that are decoded hold. */
export async function* parquetRows(
  file: string,
  { signal, onBytes }: Reading,
): AsyncGenerator<readonly ReadItem[], void, undefined> {
  const handle = await open(file);
  const progress = { row: 0 };
  try {
    const slices = new FileSlices(handle, (await handle.stat()).size);
    const metadata = await parquetMetadataAsync(slices, { geoparquet: false });
    const schema = parquetSchema(metadata);
    let groupStart = 0;
    for (const group of metadata.row_groups) {
      const columns = leavesOf(group, slices, schema);
      for (let left = Number(group.num_rows); left > 0;) {
        signal?.throwIfAborted();
        const batch = await nextRows(columns, schema, Math.min(left, BATCH_ROWS));
        left -= batch.length;
        onBytes?.(groupStart + columns.reduce((sum, column) => sum + column.bytesRead, 0));
        yield batch.map((value) => itemOf(value, progress.row++));
      }
      groupStart += columns.reduce((sum, column) => sum + column.bytesRead, 0);
    }
    onBytes?.(slices.byteLength);
  } catch (error) {
    throw signal?.aborted || error instanceof ReadError ? error : damaged(error, file, progress.row);
  } finally {
    await handle.close();
  }
}

function leavesOf(group: RowGroup, slices: FileSlices, schema: SchemaTree): readonly LeafColumn[] {
  return group.columns.map(({ meta_data: meta, file_path: other }) => {
    if (meta === undefined) throw new Error('a column is encrypted, or has no metadata');
    if (other !== undefined) throw new Error(`a column stands in another file, ${other}`);
    return new LeafColumn(slices, meta, schema, compressors);
  });
}

/** As many rows as every column has whole, at least one, at most `limit`. */
async function nextRows(
  leaves: readonly LeafColumn[],
  schema: SchemaTree,
  limit: number,
): Promise<readonly Record<string, unknown>[]> {
  let count = limit;
  for (const leaf of leaves) count = Math.min(count, await leaf.ready());
  if (count === 0) throw new Error('a column has fewer rows than the file says');
  const columns = schema.children.map((node) => {
    const own = leaves.filter(({ name }) => name === node.element.name);
    return { name: node.element.name, values: columnOf(node, own, count) };
  });
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, plainValue(values[index])])),
  );
}

function columnOf(node: SchemaTree, leaves: readonly LeafColumn[], count: number): ArrayLike<unknown> {
  const parts = new Map(leaves.map((leaf) => [leaf.path, leaf.take(count)]));
  if (node.children.length > 0) assembleNested(parts, node, DEFAULT_PARSERS);
  const values = parts.get(node.path.join('.'));
  if (values === undefined) throw new Error(`column ${node.element.name} is missing`);
  return values;
}

function itemOf(value: Readonly<Record<string, unknown>>, row: number): ReadItem {
  const bad = findBadText(value);
  if (bad === null) return { kind: 'row', row: { row, line: null, text: null, value } };
  const reason = badText(bad.bytes) ?? message('A text is not UTF-8.');
  return problemAt({ row, line: null }, reason, bad.bytes.toString());
}

/** hyparquet throws plain errors and, where bytes are no lengths, RangeErrors and TypeErrors. */
function damaged(error: unknown, file: string, row: number): unknown {
  if (!(error instanceof Error) || 'syscall' in error) return error;
  const name = path.basename(file);
  const isCut = /footer|metadata length/.test(error.message);
  return new ReadError(
    isCut
      ? message('{0} is no whole Parquet file: its end is missing. It was cut; download or copy it again.', name)
      : message('{0} is a Parquet file that can’t be read from row {1} on: {2}', name, row, error.message),
    { row },
    error,
  );
}
