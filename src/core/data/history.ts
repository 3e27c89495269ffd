import { message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import { checkContent } from './content';
import { commonKeys, listOf } from './listTurns';
import { columnValue, elementsOf, excerpt, type Piece } from './piece';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';
import { textTurn, turnOf, type Turn } from './turn';

/** Earlier turns: [[user, assistant], …] (LLaMA-Factory's alpaca format) or a list of messages; none where it is empty. */
export function historyTurns(row: SourceRow, column: string): readonly Turn[] {
  const value = columnValue(row, column);
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return [];
  const list = listOf(row, column);
  const keys = commonKeys(list.value);
  return elementsOf(list).flatMap((item, index) => {
    const place = `${column}[${index}]`;
    return isPlainObject(item.value) ? [turnOf(item, place, keys)] : pairTurns(item, place);
  });
}

/** A side that is null was not said: chat pages write [null, "Hello!"] for a greeting. */
function pairTurns(pair: Piece, place: string): readonly Turn[] {
  const sides: readonly unknown[] = Array.isArray(pair.value) ? pair.value : [];
  if (sides.length !== 2) {
    throw new RowError(
      message('{0} is no pair of what the user and the assistant said: {1}', place, excerpt(pair.value)),
    );
  }
  return sides.flatMap((side, index) => {
    if (side === null) return [];
    const role = index === 0 ? 'user' : 'assistant';
    checkContent(side, role, `${place}[${index}]`, false);
    if (typeof side === 'string') return [textTurn(role, side)];
    throw new RowError(message('{0} is no text: {1}', `${place}[${index}]`, excerpt(side)));
  });
}
