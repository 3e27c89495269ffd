import type { Detection } from '../../protocol/dataset';
import { CONVERSATIONS, SYSTEMS, TOOLS } from './columnNames';
import { messageKeysOf } from './messageKeys';
import { isObjectLists, mayBeText, type Column, type Table } from './table';

/** Columns that hold whole conversations. */
export interface RecognisedConversations {
  /** With a name that says so. */
  readonly named: readonly Detection[];
  readonly others: readonly Detection[];
}

/** `taken`: columns that hold a part of a conversation only (a prompt, a history). */
export function recogniseConversation(table: Table, taken: ReadonlySet<string>): RecognisedConversations {
  const columns = table.columns.filter((column) => isObjectLists(column) && !taken.has(column.name));
  const named = columns
    .filter(isNamed)
    .toSorted((a, b) => CONVERSATIONS.indexOf(a.plain) - CONVERSATIONS.indexOf(b.plain));
  return {
    named: named.flatMap((column) => conversationIn(column, table) ?? []),
    others: columns
      .filter((column) => !isNamed(column))
      .flatMap((column) => conversationIn(column, table) ?? [])
      .filter(hasBothSides),
  };
}

function isNamed(column: Column): boolean {
  return CONVERSATIONS.includes(column.plain);
}

/** TRL's prompt-only data and OpenAI's preferred_output hold messages as well, but one side only. */
function hasBothSides({ mapping }: Detection): boolean {
  if (mapping.kind !== 'conversation') return false;
  const roles = Object.values(mapping.roles);
  return roles.includes('user') && roles.includes('assistant');
}

/** Null if the lists are something else, tool definitions for instance. */
export function conversationIn(column: Column, table: Table): Detection | null {
  const keys = messageKeysOf(column);
  if (keys === null) return null;
  const { roleKey, contentKey, roles, confidence } = keys;
  return {
    form: roleKey === 'from' && contentKey === 'value' ? 'shareGpt' : 'messages',
    mapping: {
      kind: 'conversation',
      column: column.name,
      roleKey,
      contentKey,
      roles,
      tools: toolsColumn(table),
      system: systemTemplate(table),
    },
    confidence,
  };
}

export function toolsColumn(table: Table): string | null {
  return table.find(TOOLS, isObjectLists)?.name ?? null;
}

export function systemTemplate(table: Table): string | null {
  return table.find(SYSTEMS, mayBeText)?.template ?? null;
}
