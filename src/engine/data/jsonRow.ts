import { message, type Message } from '../../common/message';
import { badJson } from '../../core/data/problems/badJson';
import type { ReadItem } from '../../core/data/sourceRow';
import { isPlainObject } from '../../protocol/shape';

export interface Place {
  readonly line: number;
  /** From 1: where the row starts in its line. */
  readonly column?: number;
  readonly row: number;
}

/** One row of a JSON file. `mayBeCut`: whether its text has escapes of surrogates at all, which must be looked at. */
export function jsonRow(text: string, { line, column = 1, row }: Place, mayBeCut: boolean): ReadItem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson(text, { line, column, row });
  }
  if (!isPlainObject(value))
    return problemAt({ line, row }, message('A row is an object with columns; this is {0}.', kindOf(value)), text);
  const half = mayBeCut ? halfCharacter(value) : null;
  if (half !== null)
    return problemAt(
      { line, row },
      message('Half of a character, {0}, stands alone in a text. No tokenizer can read it.', half),
      text,
    );
  return { kind: 'row', row: { row, line, text, value } };
}

export function problemAt(
  { line, row }: { readonly line: number | null; readonly row: number },
  reason: Message,
  source: string,
): ReadItem {
  return { kind: 'problem', problem: { line, row, reason }, source };
}

function notJson(text: string, { line, column, row }: Required<Place>): ReadItem {
  const found = badJson(text, 0);
  if (found === null) return problemAt({ line, row }, message('This row is not JSON.'), text);
  const before = text.slice(0, found.column).split('\n');
  const problem = {
    line: line + before.length - 1,
    column: (before.at(-1)?.length ?? 0) + (before.length === 1 ? column : 1),
    row,
    reason: found.message,
  };
  return { kind: 'problem', problem, source: text };
}

/** A surrogate without its other half, as JSON can write it: UTF-8 has no bytes for it, and Python's tokenizers raise. */
function halfCharacter(value: unknown): string | null {
  if (typeof value === 'string') {
    // \p{Cs} matches a surrogate only where it is no part of a pair
    const half = /\p{Cs}/u.exec(value)?.[0];
    return half === undefined ? null : `\\u${half.charCodeAt(0).toString(16)}`;
  }
  if (Array.isArray(value)) return first(value);
  return isPlainObject(value) ? (first(Object.keys(value)) ?? first(Object.values(value))) : null;
}

function first(values: readonly unknown[]): string | null {
  for (const value of values) {
    const half = halfCharacter(value);
    if (half !== null) return half;
  }
  return null;
}

/** As JSON calls them. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
