import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import type { Conversation } from '../data/recipeRows';
import { conversations, type EachRow, type ReadRow, type RowSource, type TrainRows } from './exampleRows';
import { type ExplainedRow, type LabelledRow, type Labelling, labelRow, renderRow } from './labels';
import { promptFinding } from './promptPrefix';
import { TokensError } from './tokensError';
import type { ChatTemplate, RenderFailure } from './types';

/** Rows to train on, in the order in which the trainer has them. */
export interface LabelledRows {
  readonly rows: readonly LabelledRow[];
  /** Of each of `rows`: which row of the dataset it is, and its line. */
  readonly places: readonly { readonly row: number; readonly line: number | null }[];
  /** What is to say of the first row whose generation prompt isn't the beginning of its text. */
  readonly promptDiffers: TokenFinding | null;
}

/** Rows whose prompts are rendered as well: what differs in a template differs soon. */
const PROMPTS = 200;
const TEMPLATE = ['tokenizer', 'chat_template'];

/**
 * Tokenises the rows to train on; with `plain`, the first whose text that template writes otherwise ends the work and comes
 * back instead. Throws TokensError.
 */
export async function labelsOfRows(
  source: RowSource,
  train: TrainRows,
  labelling: Labelling,
  plain: ChatTemplate | null,
  each: EachRow,
): Promise<LabelledRows | { readonly differs: Conversation }> {
  const positions = new Map(train.split.train.map((index, position) => [index, position]));
  const rows: LabelledRow[] = [];
  const places: LabelledRows['places'][number][] = [];
  let done = 0;
  let promptDiffers: TokenFinding | null = null;
  for await (const read of conversations(source, train)) {
    const position = positions.get(read.index);
    if (position === undefined) continue;
    const labelled = labelOrThrow(read, labelling);
    if (plain !== null && !writes(plain, read.conversation, labelled.rendered.text, labelling))
      return { differs: read.conversation };
    if (done < PROMPTS && promptDiffers === null) promptDiffers = promptFinding(read, labelled, labelling);
    rows[position] = { ids: labelled.ids, trained: labelled.trained };
    places[position] = { row: read.index, line: read.line };
    await each(++done);
  }
  return { rows, places, promptDiffers };
}

function writes(template: ChatTemplate, conversation: Conversation, text: string, { special }: Labelling): boolean {
  const rendered = renderRow(conversation, { template, special });
  return rendered.ok && rendered.value.text === text;
}

export function labelOrThrow({ conversation, line }: ReadRow, labelling: Labelling): ExplainedRow {
  checkCompletion(conversation.messages, line, labelling);
  const labelled = labelRow(conversation, labelling);
  if (!labelled.ok) throw templateTrouble(labelled.error, line);
  return labelled.value;
}

/** What is said of a template that can't render. */
export function templateTrouble(failure: RenderFailure, line: number | null): TokensError {
  if (failure.kind === 'unsupported') {
    return TokensError.of('templateUnsupported', {
      severity: 'warning',
      recipePath: TEMPLATE,
      message: failure.reason,
      remedy: message('Tunebook can’t render this template by itself: ask the trainer, which can.'),
      line,
    });
  }
  return TokensError.of('templateFails', {
    recipePath: TEMPLATE,
    message: message('The chat template refuses a row: {0}', failure.reason),
    remedy: message('Change the row, or choose a chat template that takes such conversations.'),
    line,
  });
}

/** trainer/src/tunebook_trainer/labels.py, _example */
function checkCompletion(
  messages: ReadRow['conversation']['messages'],
  line: number | null,
  { completionOnly }: Labelling,
): void {
  if (!completionOnly || (messages.length >= 2 && messages.at(-1)?.role === 'assistant')) return;
  throw TokensError.of('datasetUnreadable', {
    recipePath: ['train', 'data', 'completion_only_loss'],
    message: message('completion_only_loss learns the last message, but a row does not end with the assistant’s.'),
    remedy: message('Use assistant_only_loss, or mend the row.'),
    line,
    fixes: [
      {
        title: message('Use assistant_only_loss'),
        set: [
          { path: ['train', 'data', 'completion_only_loss'], value: null },
          { path: ['train', 'data', 'assistant_only_loss'], value: true },
        ],
      },
    ],
  });
}
