import type { Row } from '../../core/data/rows';
import { readRows } from './readRows';

/** So many rows that can't be read, and nobody looks for one that can. */
const MAX_PROBLEMS = 1000;

/** The first rows of a dataset file, whatever its format. Throws ReadError where there are none because it can't be read. */
export async function firstRows(file: string, count: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let problems = 0;
  try {
    for await (const batch of readRows(file)) {
      for (const item of batch) {
        if (item.kind === 'problem') problems++;
        else if (rows.length < count) rows.push(item.row.value);
      }
      if (rows.length >= count || problems > MAX_PROBLEMS) break;
    }
  } catch (error) {
    if (rows.length === 0) throw error;
  }
  return rows;
}
