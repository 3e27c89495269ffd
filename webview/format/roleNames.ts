import type { Mapping, PreviewRow } from '../../src/protocol/dataset';
import { isPlainObject } from '../../src/protocol/shape';

type Conversation = Extract<Mapping, { kind: 'conversation' }>;

/** What rows of the preview call the roles, in the order in which they come. */
export function roleNames({ column, roleKey }: Conversation, rows: readonly PreviewRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ source }) => namesIn(source, column, roleKey)))];
}

function namesIn(source: string, column: string, roleKey: string): readonly string[] {
  const row = parsed(source);
  if (!isPlainObject(row)) return namesInText(source, roleKey);
  const list = typeof row[column] === 'string' ? parsed(row[column]) : row[column];
  if (!Array.isArray(list)) return [];
  return list
    .filter(isPlainObject)
    .map((item) => item[roleKey])
    .filter((name) => typeof name === 'string');
}

/** The preview cuts long rows, which are no JSON then. */
function namesInText(source: string, roleKey: string): readonly string[] {
  const pairs = source.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*"((?:[^"\\]|\\.)*)"/g);
  return [...pairs].filter(([, key]) => key === roleKey).map(([, , name = '']) => String(parsed(`"${name}"`) ?? name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
