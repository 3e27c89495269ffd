import type { SourceRow } from '../../../../src/core/data/sourceRow';
import type { Mapping } from '../../../../src/protocol/dataset';

/** A row of a JSON file with this text. */
export function jsonRow(text: string): SourceRow {
  return { row: 0, line: 1, text, value: JSON.parse(text) as Record<string, unknown> };
}

/** A row of a file that isn't JSON: CSV, parquet. */
export function valueRow(value: Record<string, unknown>): SourceRow {
  return { row: 0, line: null, text: null, value };
}

type Conversation = Extract<Mapping, { kind: 'conversation' }>;
type Columns = Extract<Mapping, { kind: 'columns' }>;

export const openAi: Conversation = {
  kind: 'conversation',
  column: 'messages',
  roleKey: 'role',
  contentKey: 'content',
  roles: {},
  tools: 'tools',
  system: null,
};

export const shareGpt: Conversation = { ...openAi, column: 'conversations', roleKey: 'from', contentKey: 'value' };

export function columns(user: string, assistant: string, more: Partial<Columns> = {}): Columns {
  return { kind: 'columns', system: null, history: null, tools: null, user, assistant, ...more };
}
