import { readRows } from './readRows';

/** The first rows of a dataset file, whatever its format. Throws ReadError where there are none because it can't be read. */
export async function firstRows(file: string, count: number): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  try {
    for await (const batch of readRows(file)) {
      rows.push(
        ...batch.flatMap((item) => (item.kind === 'row' ? [item.row.value] : [])).slice(0, count - rows.length),
      );
      if (rows.length === count) break;
    }
  } catch (error) {
    if (rows.length === 0) throw error;
  }
  return rows;
}
