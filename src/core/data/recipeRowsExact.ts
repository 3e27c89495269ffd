import { isPlainObject } from '../../protocol/shape';
import { columnPiece, columnValue } from './piece';
import { exactJson } from './exactJson';
import type { SourceRow } from './sourceRow';

const PLAIN = new Set(['role', 'content', 'from', 'value']);

/** A column with every number and the order of keys as the file has them, where it is JSON. */
export function exactValue(row: SourceRow, column: string): unknown {
  const { value, json } = columnPiece(row, column);
  return typeof value === 'object' && value !== null && json !== null ? exactJson(json, column) : value;
}

/** A list of messages, exact where they hold more than texts: most don't, and are read faster without. */
export function exactMessages(row: SourceRow, column: string): unknown {
  const value = columnValue(row, column);
  return Array.isArray(value) && value.some(holdsMore) ? exactValue(row, column) : value;
}

function holdsMore(message: unknown): boolean {
  return isPlainObject(message) && Object.keys(message).some((key) => !PLAIN.has(key));
}
