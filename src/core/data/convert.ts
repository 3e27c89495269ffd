import { assertNever } from '../../common/assertNever';
import { message, type Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { ConversationMessage, Mapping } from '../../protocol/dataset';
import { columnsConverter } from './convertColumns';
import { conversationConverter } from './convertConversation';
import { transcriptConverter } from './convertTranscript';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';
import { toolsJson } from './toolCalls';
import type { Turn } from './turn';

/** Throws RowError. */
export type Converter = (row: SourceRow) => readonly Turn[];

/**
 * The row as a line of JSONL, without its end: {"messages":[…]} or {"messages":[…],"tools":[…]}. Whatever is copied keeps its
 * JSON text: numbers, the order of keys, arguments of tool calls.
 */
export function chatLine(row: SourceRow, mapping: Mapping): Result<string, Message> {
  const chat = convert(row, mapping);
  if (!chat.ok) return chat;
  const { turns, tools } = chat.value;
  let messages = '';
  for (const turn of turns) messages += messages === '' ? turn.json : `,${turn.json}`;
  return ok(tools === null ? `{"messages":[${messages}]}` : `{"messages":[${messages}],"tools":${tools}}`);
}

/** The same for people to look at; `tools` is JSON text. Numbers are as JavaScript has them: what is written is chatLine. */
export function convertRow(
  row: SourceRow,
  mapping: Mapping,
): Result<{ readonly messages: readonly ConversationMessage[]; readonly tools: string | null }, Message> {
  const chat = convert(row, mapping);
  if (!chat.ok) return chat;
  // SAFETY: turnOf gives every message a role of ours and a content.
  const messages = chat.value.turns.map((turn) => JSON.parse(turn.json) as ConversationMessage);
  return ok({ messages, tools: chat.value.tools });
}

interface Chat {
  readonly turns: readonly Turn[];
  readonly tools: string | null;
}

function convert(row: SourceRow, mapping: Mapping): Result<Chat, Message> {
  try {
    const turns = converterOf(mapping)(row);
    if (!turns.some((turn) => turn.role === 'assistant')) {
      return err(message('The assistant has no turn: there is nothing to learn from this row.'));
    }
    const column = mapping.kind === 'transcript' ? null : mapping.tools;
    return ok({ turns, tools: column === null ? null : toolsJson(row, column) });
  } catch (error) {
    if (error instanceof RowError) return err(error.reason);
    throw error;
  }
}

/** Templates and markers are read once for all rows of a mapping. */
const converters = new WeakMap<Mapping, Converter>();

function converterOf(mapping: Mapping): Converter {
  const known = converters.get(mapping);
  if (known !== undefined) return known;
  const made = newConverter(mapping);
  converters.set(mapping, made);
  return made;
}

function newConverter(mapping: Mapping): Converter {
  switch (mapping.kind) {
    case 'conversation':
      return conversationConverter(mapping);
    case 'columns':
      return columnsConverter(mapping);
    case 'transcript':
      return transcriptConverter(mapping);
    default:
      return assertNever(mapping);
  }
}
