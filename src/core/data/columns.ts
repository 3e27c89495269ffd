import type { ColumnInfo } from '../../protocol/dataset';
import type { Row } from './rows';
import { shownJson } from './shownJson';

const EXAMPLE_CHARACTERS = 200;

/** The columns of these rows, in the order in which they first appear. */
export function columnsOf(rows: readonly Row[]): readonly ColumnInfo[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.map((name) => {
    const values = rows.filter((row) => Object.hasOwn(row, name)).map((row) => row[name]);
    const example = values.find((value) => value !== null && value !== undefined && value !== '');
    return { name, types: [...new Set(values.map(jsonType))], example: exampleText(example) };
  });
}

/** What JSON would call it: parquet's big integers are numbers, its dates and bytes are written as text. */
function jsonType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'number';
  if (value instanceof Date || value instanceof Uint8Array) return 'string';
  return typeof value;
}

function exampleText(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : shownJson(value);
  return text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS - 1)}…` : text;
}
