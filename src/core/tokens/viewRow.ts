import type { Why } from '../../protocol/tokenView';
import type { Conversation } from '../data/recipeRows';
import { type ExplainedRow, isTrained, type LabelledRow, type Labelling } from './labels';
import { messageEnds } from './viewMessages';

/** A row's tokens and, for each, why it is trained or not, and where it comes from. */
export interface PlacedRow extends LabelledRow {
  readonly whys: readonly Why[];
  /** Line of the chat template, from 1; 0: unknown. */
  readonly templateLines: readonly number[];
  /** Index of the message; -1: none. */
  readonly messages: readonly number[];
}

export function placeRow(row: ExplainedRow, conversation: Conversation, labelling: Labelling): PlacedRow {
  const { ids, trained, encoding, rendered } = row;
  const ends = messageEnds(conversation, rendered.text, labelling);
  return {
    ids,
    trained,
    whys: Array.from(ids, (_, index) => whyOf(row, index, labelling)),
    templateLines: encoding.starts.map((start) => lineAt(rendered.lines, start)),
    messages: encoding.ends.map((end) => messageAt(ends, end)),
  };
}

function whyOf(row: ExplainedRow, index: number, { assistantOnly, completionOnly }: Labelling): Why {
  if (isTrained(row, index)) return assistantOnly ? 'assistant' : completionOnly ? 'completion' : 'trained';
  return row.promptLength !== null && index < row.promptLength ? 'prompt' : 'notAssistant';
}

/** The last line that started at or before this character. */
function lineAt(lines: ExplainedRow['rendered']['lines'], at: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1]?.line ?? 0;
}

/** A token that reaches beyond the end of a message belongs to the next. */
function messageAt(ends: readonly number[], end: number): number {
  const index = ends.findIndex((limit) => end <= limit);
  return index < 0 ? -1 : index;
}
