import { message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import { oneLine, rawElements, rawMember, rawMembers } from './rawJson';
import { RowError } from './rowError';
import { shownJson } from './shownJson';
import type { SourceRow } from './sourceRow';

const EXCERPT_CHARACTERS = 60;

/** A value of a row with the text it is written as; `json` is null where the file isn't JSON (CSV, parquet). */
export interface Piece {
  readonly value: unknown;
  readonly json: string | null;
}

/** A column with its text: for values other than strings, whose text says more than the value. */
export function columnPiece(row: SourceRow, column: string): Piece {
  return { value: columnValue(row, column), json: row.text === null ? null : rawMember(row.text, column) };
}

/** undefined where the row lacks the column; names such as "constructor" are no exception. */
export function columnValue(row: SourceRow, column: string): unknown {
  return Object.hasOwn(row.value, column) ? row.value[column] : undefined;
}

export function elementsOf(list: Piece): readonly Piece[] {
  if (!Array.isArray(list.value)) return [];
  const values: readonly unknown[] = list.value;
  const texts = list.json === null ? null : rawElements(list.json);
  return values.map((value, index) => ({ value, json: texts?.[index] ?? null }));
}

/**
 * In the order of the source. Parquet can't tell a missing key from null: Arrow gives every object of a column all keys that
 * any of them has, so there null means missing, as in TRL (trl/data_utils.py, remove_none_values).
 */
export function membersOf(object: Piece): readonly (readonly [key: string, piece: Piece])[] {
  if (!isPlainObject(object.value)) return [];
  const value = object.value;
  if (object.json === null) {
    return Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, { value: member, json: null }]);
  }
  return rawMembers(object.json).map(({ key, json }) => [key, { value: value[key], json }]);
}

/** One line of JSON: the source's own text where it has one. `place` names the value in an error. */
export function jsonOf(piece: Piece, place: string): string {
  return piece.json === null ? serialised(piece.value, place) : oneLine(piece.json);
}

/** What parquet holds and JSON has no word for, as text; numbers of any size as numbers. */
function serialised(value: unknown, place: string): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date || value instanceof Uint8Array) return JSON.stringify(plainText(value, place));
  if (Array.isArray(value)) return `[${value.map((item) => serialised(item, place)).join(',')}]`;
  if (isPlainObject(value)) {
    const members = membersOf({ value, json: null });
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${serialised(member.value, place)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RowError(message('{0} holds {1}, which JSON can’t write.', place, String(value)));
  }
  return JSON.stringify(value) ?? 'null';
}

/** A value as it stands in a text: null and missing are empty, numbers as the source writes them. */
export function textOf(row: SourceRow, column: string): string {
  const value = columnValue(row, column);
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return columnPiece(row, column).json ?? String(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return plainText(value, column);
}

function plainText(value: unknown, place: string): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new RowError(message('{0} is no valid date.', place));
    return value.toISOString();
  }
  if (value instanceof Uint8Array) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
    } catch {
      throw new RowError(message('{0} holds bytes that are no UTF-8 text.', place));
    }
  }
  throw new RowError(
    message('{0} holds a list or an object, which can’t stand in a text. Choose another column.', place),
  );
}

/** The beginning of a value, for an error. */
export function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, EXCERPT_CHARACTERS)) : shownJson(value);
  return text.length > EXCERPT_CHARACTERS ? `${text.slice(0, EXCERPT_CHARACTERS)}…` : text;
}
