import { message, type Message } from '../../common/message';
import type { LengthSuggestion } from '../../protocol/tokenView';
import type { Batching } from './exampleSequences';

/** Of the rows that shall fit whole, if not all do. */
const MOST = 0.99;
/** Room for all rows is worth this much more than room for most. */
const WORTH = 1.5;
/** wrapped cuts a row at about every length / max_length-th: this many rows to a sequence keep nine of ten whole. */
const ROWS_TO_A_SEQUENCE = 8;

/**
 * A max_length for rows of these lengths. Unpacked, each batch is as wide as its longest row, so a larger limit costs nothing
 * but for the rows that need it; packed, it is the length of every sequence.
 */
export function suggestMaxLength(
  lengths: readonly number[],
  { packing }: Pick<Batching, 'packing'>,
): LengthSuggestion | null {
  if (lengths.length === 0) return null;
  const sorted = Int32Array.from(lengths).sort();
  const longest = sorted.at(-1) ?? 0;
  const most = sorted[Math.ceil(sorted.length * MOST) - 1] ?? longest;
  const rows = roundUp(longest) <= roundUp(most) * WORTH ? longest : most;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const packed = packing === 'wrapped' ? Math.min(mean * ROWS_TO_A_SEQUENCE, longest * ROWS_TO_A_SEQUENCE) : 0;
  const maxLength = roundUp(Math.max(rows, packed, 1));
  const fits = sorted.findIndex((length) => length > maxLength);
  const share = fits < 0 ? 1 : fits / sorted.length;
  return { maxLength, fits: share, why: why(packing, packed > rows, maxLength, longest, share) };
}

function why(
  packing: Batching['packing'],
  byPacking: boolean,
  maxLength: number,
  longest: number,
  share: number,
): Message {
  if (packing === 'wrapped' && byPacking)
    return message(
      'Packing cuts one long stream every max_length tokens. With {0}, few rows are cut in two; the longest row has {1} tokens.',
      maxLength,
      longest,
    );
  if (share === 1) return message('Every row fits whole: the longest has {0} tokens.', longest);
  return message(
    '{0}% of the rows fit whole. The longest has {1} tokens; room for it would cost memory for few rows.',
    Math.floor(share * 1000) / 10,
    longest,
  );
}

/** To a multiple of 8 up to 256, of 64 above: sizes that GPUs multiply fastest. */
function roundUp(tokens: number): number {
  const step = tokens <= 256 ? 8 : 64;
  return Math.ceil(tokens / step) * step;
}
