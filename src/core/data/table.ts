import { isPlainObject } from '../../protocol/shape';
import { columnTemplate } from './templateString';
import { plainName } from './roleNames';
import type { Row } from './rows';

/** A column of the first rows; `values` without gaps. */
export interface Column {
  readonly name: string;
  /** As names are compared. */
  readonly plain: string;
  /** As a template. */
  readonly template: string;
  readonly values: readonly unknown[];
}

/** The first rows by columns. Columns whose names no template can hold are left out: a person can rename them. */
export class Table {
  readonly columns: readonly Column[];

  constructor(rows: readonly Row[]) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    this.columns = names.flatMap((name) => {
      const template = columnTemplate(name);
      const values = rows.filter((row) => Object.hasOwn(row, name)).map((row) => row[name]);
      return template === null ? [] : [{ name, plain: plainName(name), template, values: values.filter(isThere) }];
    });
  }

  /** The first by the order of `names` that fits. */
  find(names: readonly string[], fits: (column: Column) => boolean): Column | null {
    for (const name of names) {
      const found = this.columns.find((column) => column.plain === name && fits(column));
      if (found !== undefined) return found;
    }
    return null;
  }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}

/** Of values that must fit: a few broken rows don't hide what the others are, they are told when rows are converted. */
const SHARE = 0.8;

export function mostly<T>(values: readonly T[], fits: (value: T) => boolean): boolean {
  return values.length > 0 && values.filter((value) => fits(value)).length >= values.length * SHARE;
}

/** Text in it, and hardly anything else but gaps. */
export function isText({ values }: Column): boolean {
  return mostly(values, (value) => typeof value === 'string');
}

/** Text wherever there is anything: an input, a system message that the first rows leave out. */
export function mayBeText(column: Column): boolean {
  return column.values.length === 0 || isText(column);
}

/** What can stand in a template by itself: texts and numbers (answers to sums). */
export function isTextOrNumber({ values }: Column): boolean {
  return mostly(values, (value) => ['string', 'number', 'bigint'].includes(typeof value));
}

/** A list, or the JSON text of one, as CSV files hold it; null for anything else. */
export function listIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Lists of objects, or JSON text of such, at least one of them not empty. */
export function isObjectLists({ values }: Column): boolean {
  const lists = values.map(listIn);
  return (
    mostly(lists, (list) => list !== null && list.every(isPlainObject)) && lists.some((list) => (list?.length ?? 0) > 0)
  );
}

/** Lists of objects, not as text. */
export function isMessageLists(column: Column): boolean {
  return mostly(column.values, Array.isArray) && isObjectLists(column);
}
