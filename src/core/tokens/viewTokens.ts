import type { LengthSuggestion, TokenView } from '../../protocol/tokenView';
import { countTokens } from './counts';
import { lengthBins } from './countsLengths';
import { conversations, type EachRow } from './exampleRows';
import { isPaddingFree } from './exampleSequences';
import { labelOrThrow } from './labelsOfRows';
import { batchesOf } from './orderOfSequences';
import type { PackedSequence } from './packRows';
import { suggestMaxLength } from './suggestMaxLength';
import type { TokenLook } from './tokenLook';
import { placeRow } from './viewRow';
import { batchSequences, type ShownRow } from './viewSequence';

/** As much as a person looks at; a longer batch is cut after whole sequences. */
const MOST_TOKENS = 60_000;

export type Picture = Pick<
  TokenView,
  'pieces' | 'batches' | 'counts' | 'lengths' | 'suggestion' | 'maxLength' | 'packing' | 'assistantOnly'
>;

/** The first `wanted` batches of the first epoch, and what there is to count. */
export async function picture(look: TokenLook, wanted: number, each: EachRow): Promise<Picture> {
  const { labelled, sequences, order, batching, train, labelling } = look;
  const lengths = labelled.rows.map(({ ids }) => ids.length);
  const batches = await firstBatches(look, wanted, each);
  return {
    maxLength: batching.maxLength,
    packing: batching.packing,
    assistantOnly: labelling.assistantOnly,
    pieces: piecesOf(look, batches),
    batches,
    counts: countTokens(labelled.rows, sequences, order, batching, train.complete),
    lengths: lengthBins(lengths),
    suggestion: suggestionOf(look),
  };
}

export function suggestionOf({ labelled, batching }: TokenLook): LengthSuggestion | null {
  return suggestMaxLength(
    labelled.rows.map(({ ids }) => ids.length),
    batching,
  );
}

async function firstBatches(look: TokenLook, wanted: number, each: EachRow): Promise<TokenView['batches']> {
  const { order, sequences, batching, pad } = look;
  const chosen = batchesOf(order.slice(0, wanted * batching.batchSize), batching.batchSize).map((batch) =>
    batch.map((index) => sequences.sequences[index] ?? []),
  );
  const shown = withinRoom(chosen);
  const rows = await shownRows(look, new Set(shown.flatMap((batch) => batch.flat().map(({ row }) => row))), each);
  return shown.map((batch) => ({
    sequences: batchSequences(batch, rows, pad.id, isPaddingFree(batching)),
  }));
}

/** The first sequence is always shown. */
function withinRoom(batches: readonly PackedSequence[][]): PackedSequence[][] {
  let room = MOST_TOKENS;
  const shown: PackedSequence[][] = [];
  for (const batch of batches) {
    const width = Math.max(...batch.map((sequence) => sequence.reduce((sum, { length }) => sum + length, 0)), 1);
    const fitting = Math.max(Math.floor(room / width), shown.length === 0 ? 1 : 0);
    if (fitting > 0) shown.push(batch.slice(0, fitting));
    if (fitting < batch.length) break;
    room -= width * batch.length;
  }
  return shown;
}

/** Rows were forgotten once they were tokenised: those that are shown are read again, now with all that can be said of them. */
async function shownRows(
  look: TokenLook,
  wanted: ReadonlySet<number>,
  each: EachRow,
): Promise<(row: number) => ShownRow> {
  const { looked, train, labelled, labelling } = look;
  const positions = new Map(Array.from(wanted, (position) => [labelled.places[position]?.row, position] as const));
  const shown = new Map<number, ShownRow>();
  for await (const read of conversations(looked.source, train)) {
    await each(labelled.rows.length);
    const position = positions.get(read.index);
    if (position === undefined) continue;
    const { conversation, line } = read;
    shown.set(position, {
      ...placeRow(labelOrThrow(read, labelling), conversation, labelling),
      row: read.index,
      line,
      roles: conversation.messages.map(({ role }) => role),
    });
    if (shown.size === positions.size) break;
  }
  return (row) => {
    const found = shown.get(row);
    if (found === undefined) throw new Error(`Row ${row} was read before, but not again.`);
    return found;
  };
}

function piecesOf({ labelling, pad }: TokenLook, batches: TokenView['batches']): TokenView['pieces'] {
  const ids = new Set(batches.flatMap(({ sequences }) => sequences.flatMap((sequence) => sequence.ids)));
  return Array.from(ids, (id) => {
    if (pad.added && id === pad.id) {
      return { id, text: pad.token, bytes: [...new TextEncoder().encode(pad.token)], special: true };
    }
    const piece = labelling.tokenizer.piece(id);
    // pad_token is one of all_special_ids, whatever it was before.
    return id === pad.id ? { ...piece, special: true } : piece;
  });
}
