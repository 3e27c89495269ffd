import { message } from '../../common/message';
import { columnPiece, columnValue, elementsOf, excerpt, type Piece } from './piece';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';
import { plainTurn, turnOf, type Turn, type TurnKeys } from './turn';

/** The messages of a column that holds a list of them, or the JSON text of one, as in CSV. */
export function listTurns(row: SourceRow, column: string, keys: TurnKeys): readonly Turn[] {
  const value = columnValue(row, column);
  return plainTurns(value, keys) ?? turnsOf(listOf(row, column), column, keys);
}

/** What lists use that a mapping doesn't describe (a prompt that is a list), as the trainer does (conversations.py, _message). */
export function commonKeys(list: unknown): TurnKeys {
  const [first] = Array.isArray(list) ? list : [];
  const shareGpt = typeof first === 'object' && first !== null && 'from' in first && !('role' in first);
  return shareGpt
    ? { roleKey: 'from', contentKey: 'value', roles: {} }
    : { roleKey: 'role', contentKey: 'content', roles: {} };
}

/** Null as soon as one message needs more than its value, so that nearly all rows are never scanned for their text. */
function plainTurns(list: unknown, keys: TurnKeys): readonly Turn[] | null {
  if (!Array.isArray(list) || list.length === 0) return null;
  const turns: Turn[] = [];
  for (const item of list) {
    const turn = plainTurn(item, keys);
    if (turn === null) return null;
    turns.push(turn);
  }
  return turns;
}

function turnsOf(list: Piece, column: string, keys: TurnKeys): readonly Turn[] {
  return elementsOf(list).map((item, index) => turnOf(item, `${column}[${index}]`, keys));
}

/** A column's list, never empty. */
export function listOf(row: SourceRow, column: string): Piece {
  const value = columnValue(row, column);
  if (value === undefined || value === null) throw new RowError(message('There is no {0} in this row.', column));
  const piece = typeof value === 'string' ? listInText(value) : columnPiece(row, column);
  if (!Array.isArray(piece.value)) throw new RowError(message('{0} is no list: {1}', column, excerpt(value)));
  if (piece.value.length === 0) throw new RowError(message('{0} is an empty list.', column));
  return piece;
}

function listInText(text: string): Piece {
  try {
    return { value: JSON.parse(text), json: text.trim() };
  } catch {
    return { value: null, json: null };
  }
}
