import { message, type Message } from '../../common/message';
import { type Conversation, RecipeRows } from '../data/recipeRows';
import { type RowSplit, splitRows } from '../data/recipeRowsSplit';
import { RowError } from '../data/rowError';
import type { ReadItem, SourceRow } from '../data/sourceRow';
import type { FullRecipe } from '../recipe/schema/recipe';
import { TokensError } from './tokensError';

/** A dataset file, read from its beginning each time. */
export type RowSource = () => AsyncIterable<readonly ReadItem[]>;

/** The rows that a recipe trains on. */
export interface TrainRows {
  readonly reader: RecipeRows;
  /** Rows that are read. */
  readonly read: number;
  /** Whether the dataset has no more. */
  readonly complete: boolean;
  readonly split: RowSplit;
}

/** One row of the dataset as a conversation. */
export interface ReadRow {
  /** From 0, of the rows that the data step reads. */
  readonly index: number;
  readonly line: number | null;
  readonly conversation: Conversation;
}

/** Told of every row, with how many are tokenised; breathes now and then, so that a request to stop is heard. */
export type EachRow = (done: number) => Promise<void> | undefined;

type Sections = Pick<FullRecipe, 'data' | 'train'>;

/**
 * Which rows train: trainer/src/tunebook_trainer/steps/data.py. Goes through the rows once for their columns and their
 * number. `most`: reads no more rows than that. Throws TokensError for what the trainer refuses as well.
 */
export async function trainRows(
  source: RowSource,
  { data, train }: Sections,
  most: number | null,
  each: EachRow,
): Promise<TrainRows> {
  const limit = Math.min(data.limit ?? Infinity, most ?? Infinity);
  const names = new Set<string>();
  let read = 0;
  let complete = true;
  for await (const row of rowsOf(source)) {
    if (read >= limit) {
      complete = data.limit !== null && data.limit <= limit;
      break;
    }
    for (const name of Object.keys(row.value)) names.add(name);
    read++;
    await each(0);
  }
  if (read === 0) throw unreadable(message('The dataset has no rows.'), null);
  const reader = RecipeRows.of(data.columns, [...names], data.system_prompt);
  if (!reader.ok) throw TokensError.of('datasetUnreadable', reader.error);
  // A split by name measures on rows of their own: all of these train.
  const wanted = typeof data.eval_split === 'number' ? data.eval_split : 0;
  const split = splitRows(read, wanted, data.shuffle, train.training.seed);
  if (!split.ok) throw TokensError.of('datasetUnreadable', split.error);
  return { reader: reader.value, read, complete, split: split.value };
}

/** Every row that is read, in the order of the file. Throws TokensError at the first that is no conversation. */
export async function* conversations(source: RowSource, { reader, read }: TrainRows): AsyncGenerator<ReadRow> {
  let index = 0;
  for await (const row of rowsOf(source)) {
    if (index >= read) return;
    yield { index, line: row.line, conversation: conversationIn(reader, row) };
    index++;
  }
}

function conversationIn(reader: RecipeRows, row: SourceRow): Conversation {
  try {
    return reader.read(row);
  } catch (error) {
    if (error instanceof RowError) throw unreadable(error.reason, row);
    throw error;
  }
}

async function* rowsOf(source: RowSource): AsyncGenerator<SourceRow> {
  for await (const items of source())
    for (const item of items) {
      if (item.kind === 'problem') throw unreadable(item.problem.reason, item.problem);
      yield item.row;
    }
}

function unreadable(reason: Message, at: { readonly line: number | null; readonly row: number } | null): TokensError {
  return TokensError.of('datasetUnreadable', {
    recipePath: ['data', 'path'],
    message: reason,
    remedy:
      at === null
        ? message('Name a file with at least one row.')
        : at.line === null
          ? message('Mend row {0} of the dataset: the trainer refuses it too.', at.row + 1)
          : message('Mend line {0} of the dataset: the trainer refuses it too.', at.line),
    line: at?.line ?? null,
  });
}
