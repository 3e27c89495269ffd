import { message, type Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { ConversationMessage } from '../../protocol/dataset';
import { isPlainObject } from '../../protocol/shape';
import { exactMessages, exactValue } from './recipeRowsExact';
import { columnValue } from './piece';
import { conversationOf, textOfColumn } from './recipeRowsMessage';
import { toolDefinitions } from './recipeRowsTools';
import { RowError } from './rowError';
import type { SourceRow } from './sourceRow';

/** What the trainer makes of a row (tunebook_trainer.conversations.Conversation). */
export interface Conversation {
  readonly messages: readonly ConversationMessage[];
  /** As apply_chat_template takes them; null if the row has none. */
  readonly tools: readonly unknown[] | null;
}

/** Why the data section and the columns don't go together. */
export interface DataTrouble {
  readonly recipePath: readonly string[];
  readonly message: Message;
  readonly remedy: Message;
}

type Role = 'prompt' | 'completion' | 'system' | 'messages';
type Columns = Readonly<Partial<Record<Role, string | null>>>;

const ROLES: readonly Role[] = ['prompt', 'completion', 'system', 'messages'];
const CONVERSATION_COLUMNS = ['messages', 'conversations'];
/** TRL's name for a row's tool definitions (trl/trainer/sft_trainer.py, tokenize_fn). */
const TOOLS = 'tools';

/**
 * Rows as conversations by the recipe's `columns`, or by the names that Hugging Face uses: what RowReader does in
 * trainer/src/tunebook_trainer/conversations.py, which has the last word.
 */
export class RecipeRows {
  readonly #columns: Columns;
  readonly #tools: boolean;
  readonly #systemPrompt: string | null;

  private constructor(columns: Columns, tools: boolean, systemPrompt: string | null) {
    this.#columns = columns;
    this.#tools = tools;
    this.#systemPrompt = systemPrompt;
  }

  /** names: every column that any row has. */
  static of(columns: Columns, names: readonly string[], systemPrompt: string | null): Result<RecipeRows, DataTrouble> {
    for (const role of ROLES) {
      const column = columns[role];
      if (typeof column === 'string' && !names.includes(column)) return err(noSuchColumn(role, column, names));
    }
    const said = withGuess(columns, names);
    const missing = typeof said.messages === 'string' ? null : firstMissing(said);
    if (missing !== null) return err(noColumnFor(missing, names));
    return ok(new RecipeRows(said, names.includes(TOOLS), systemPrompt));
  }

  /** Throws RowError. */
  read(row: SourceRow): Conversation {
    const messages = this.#withSystem(row, this.#said(row));
    if (!messages.some(saysSomething)) throw new RowError(message('The assistant says nothing in this row.'));
    const { role } = messages[0] ?? {};
    const constant = this.#systemPrompt;
    return {
      messages:
        constant === null || role === 'system' ? messages : [{ role: 'system', content: constant }, ...messages],
      tools: this.#tools ? toolDefinitions(exactValue(row, TOOLS), TOOLS) : null,
    };
  }

  #said(row: SourceRow): readonly ConversationMessage[] {
    const { messages, prompt, completion } = this.#columns;
    if (typeof messages === 'string') return conversationOf(exactMessages(row, messages), messages);
    return [...turn(row, prompt ?? '', 'user'), ...turn(row, completion ?? '', 'assistant')];
  }

  #withSystem(row: SourceRow, messages: readonly ConversationMessage[]): readonly ConversationMessage[] {
    const column = this.#columns.system;
    if (typeof column !== 'string') return messages;
    const value = columnValue(row, column);
    if (value === undefined || value === null || value === '') return messages;
    return [{ role: 'system', content: textOfColumn(row, column) }, ...messages];
  }
}

/** A text is what this role says; a list is a piece of a conversation, as in TRL's prompt-completion data sets. */
function turn(row: SourceRow, column: string, role: 'user' | 'assistant'): readonly ConversationMessage[] {
  const value = exactMessages(row, column);
  return Array.isArray(value) ? conversationOf(value, column) : [{ role, content: textOfColumn(row, column) }];
}

function saysSomething({ role, content, tool_calls: calls }: ConversationMessage): boolean {
  if (role !== 'assistant') return false;
  return content !== '' || (Array.isArray(calls) && calls.length > 0) || isPlainObject(calls);
}

function withGuess(columns: Columns, names: readonly string[]): Columns {
  const { messages, prompt, completion } = columns;
  if (typeof messages === 'string' || typeof prompt === 'string' || typeof completion === 'string') return columns;
  const found = CONVERSATION_COLUMNS.find((name) => names.includes(name));
  if (found !== undefined) return { ...columns, messages: found };
  return names.includes('prompt') && names.includes('completion')
    ? { ...columns, prompt: 'prompt', completion: 'completion' }
    : columns;
}

function firstMissing(columns: Columns): 'prompt' | 'completion' | null {
  if (typeof columns.prompt !== 'string') return 'prompt';
  return typeof columns.completion === 'string' ? null : 'completion';
}

function noSuchColumn(role: Role, column: string, names: readonly string[]): DataTrouble {
  return {
    recipePath: ['data', 'columns', role],
    message: message('There is no column {0}.', column),
    remedy: message('Columns of the dataset: {0}.', names.join(', ')),
  };
}

function noColumnFor(role: Role, names: readonly string[]): DataTrouble {
  return {
    recipePath: ['data', 'columns', role],
    message: message('No column is said to be the {0}.', role),
    remedy: message('Columns of the dataset: {0}.', names.join(', ')),
  };
}
