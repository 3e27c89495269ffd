import { isPlainObject } from '../../../protocol/shape';

/** How the trainer makes a conversation of a row (RowReader of conversations.py). */
export type RowForm =
  | { readonly kind: 'conversation'; readonly column: string; readonly system: string | null }
  | { readonly kind: 'columns'; readonly prompt: string; readonly completion: string; readonly system: string | null };

/** The recipe's `data.columns`. */
export interface RecipeColumns {
  readonly prompt: string | null;
  readonly completion: string | null;
  readonly system: string | null;
  readonly messages: string | null;
}

/** How many rows tell what a file is. */
export const HEAD_ROWS = 20;

const CONVERSATION_COLUMNS = ['messages', 'conversations'];

/** A recipe without `data.columns`: the trainer goes by their names. */
export const UNNAMED: RecipeColumns = { prompt: null, completion: null, system: null, messages: null };

/**
 * What the rows of a file are by its first lines. Null: nothing that the trainer could read, so nothing is said about them.
 * Without a recipe that names the file only lists of messages count, in at least half of the rows: a log, or a table with a
 * column `prompt`, is not ours to judge.
 */
export function formOfLines(head: readonly string[], columns: RecipeColumns | null): RowForm | null {
  if (columns !== null)
    return formOfRows(
      head.map(rowOf).filter((row) => row !== null),
      columns,
    );
  const lines = head.filter((line) => line.trim() !== '').slice(0, HEAD_ROWS);
  const named = lines.map(conversationColumn);
  const column = CONVERSATION_COLUMNS.find(
    (name) => named.filter((found) => found === name).length * 2 >= lines.length,
  );
  return column === undefined || lines.length === 0 ? null : { kind: 'conversation', column, system: null };
}

/** As RowReader of conversations.py chooses; `head`: as many rows as tell which columns there are. */
export function formOfRows(head: readonly Readonly<Record<string, unknown>>[], columns: RecipeColumns): RowForm | null {
  const { prompt, completion, system, messages } = columns;
  if (messages !== null) return { kind: 'conversation', column: messages, system };
  if (prompt !== null && completion !== null) return { kind: 'columns', prompt, completion, system };
  if (prompt !== null || completion !== null) return null; // the recipe is wrong, and says so
  const names = new Set(head.flatMap((row) => Object.keys(row)));
  const column = CONVERSATION_COLUMNS.find((name) => names.has(name));
  if (column !== undefined) return { kind: 'conversation', column, system };
  return names.has('prompt') && names.has('completion')
    ? { kind: 'columns', prompt: 'prompt', completion: 'completion', system }
    : null;
}

/** Python's way of printing a row, and what a fault further on leaves of one, count too: they are what is to be found. */
const BEGINNING =
  /^\s*\{\s*(?:["'](?:id|system|source|tools)["']\s*:\s*(?:"[^"]*"|'[^']*'|\d+|null|None)\s*,\s*)*["'](messages|conversations)["']\s*:\s*\[\s*\{\s*["'](?:role|from)["']/;

function conversationColumn(line: string): string | null {
  const row = rowOf(line);
  if (row === null) return BEGINNING.exec(line)?.[1] ?? null;
  return CONVERSATION_COLUMNS.find((name) => isConversation(row[name])) ?? null;
}

function isConversation(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some((item) => isPlainObject(item) && (Object.hasOwn(item, 'role') || Object.hasOwn(item, 'from')))
  );
}

function rowOf(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isPlainObject(value) ? value : null;
  } catch {
    return null;
  }
}
