import { isPlainObject } from '../../protocol/shape';

export type Row = Readonly<Record<string, unknown>>;

/** Enough to see which columns there are. */
const ROWS = 20;

/**
 * The first rows of a dataset file, to guess its columns; empty where this format can't be read here (parquet) or the text
 * is none of it: then the person is asked. `text` may end in the middle of a row.
 */
export function firstRows(text: string, extension: string): readonly Row[] {
  const clean = text.replace(/^\uFEFF/, '');
  switch (extension) {
    case '.jsonl':
      return clean.split('\n').slice(0, ROWS).flatMap(parsedRow);
    case '.json':
      return jsonRows(clean);
    case '.csv':
      return separated(clean, ',');
    case '.tsv':
      return separated(clean, '\t');
    default:
      return [];
  }
}

function parsedRow(line: string): Row[] {
  try {
    const value: unknown = JSON.parse(line);
    return isPlainObject(value) ? [value] : [];
  } catch {
    return [];
  }
}

function jsonRows(text: string): readonly Row[] {
  try {
    const value: unknown = JSON.parse(text);
    const list: unknown = Array.isArray(value)
      ? value
      : isPlainObject(value)
        ? Object.values(value).find(Array.isArray)
        : [];
    return Array.isArray(list) ? list.slice(0, ROWS).filter(isPlainObject) : [];
  } catch {
    // One object a line under the wrong name is common, and datasets reads it too.
    return text.split('\n').slice(0, ROWS).flatMap(parsedRow);
  }
}

/** RFC 4180: quoted fields may hold separators, line ends and doubled quotes. */
function separated(text: string, separator: string): readonly Row[] {
  const [header, ...rows] = fieldRows(text, separator);
  if (header === undefined) return [];
  return rows
    .filter((fields) => fields.length === header.length)
    .slice(0, ROWS)
    .map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
}

function fieldRows(text: string, separator: string): readonly string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < text.length && rows.length <= ROWS; index++) {
    const character = text.charAt(index);
    if (quoted) {
      if (character !== '"') field += character;
      else if (text.charAt(index + 1) === '"') field += text.charAt(++index);
      else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === separator) {
      row.push(field);
      field = '';
    } else if (character === '\n') {
      rows.push([...row, field.replace(/\r$/, '')]);
      row = [];
      field = '';
    } else field += character;
  }
  if (!quoted && (field !== '' || row.length > 0)) rows.push([...row, field]);
  return rows;
}
