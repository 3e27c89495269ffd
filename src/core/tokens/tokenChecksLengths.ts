import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import { cutsAt } from './exampleSequences';
import { suggestMaxLength } from './suggestMaxLength';
import type { TokenLook } from './tokenLook';

const MAX_LENGTH = ['train', 'data', 'max_length'];
/** So few rows may lose their end without a word. */
const TOLERATED = 0.01;

/** Rows that lose their end, and with it often the mark that the model learns to stop from. */
export function* checkLengths({ labelled, batching }: TokenLook): Generator<TokenFinding> {
  const { maxLength } = batching;
  if (maxLength === null || cutsAt(batching) === Infinity) return;
  const lengths = labelled.rows.map(({ ids }) => ids.length);
  const cut = lengths.filter((length) => length > maxLength).length;
  if (cut <= TOLERATED * lengths.length) return;
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const suggestion = suggestMaxLength(lengths, batching);
  yield {
    kind: 'truncatedRows',
    severity: 'warning',
    recipePath: MAX_LENGTH,
    message: message(
      '{0} of {1} rows are longer than {2} tokens and lose their end, the longest has {3}.',
      cut,
      lengths.length,
      maxLength,
      longest,
    ),
    remedy:
      suggestion === null || suggestion.maxLength <= maxLength
        ? message('Choose a larger max_length, or shorten the rows.')
        : message('With max_length: {0}, {1}% of the rows fit.', suggestion.maxLength, percent(suggestion.fits)),
    fixes:
      suggestion === null || suggestion.maxLength <= maxLength
        ? []
        : [
            {
              title: message('Write max_length: {0}', suggestion.maxLength),
              set: [{ path: MAX_LENGTH, value: suggestion.maxLength }],
            },
          ],
    line: labelled.places[lengths.indexOf(longest)]?.line ?? null,
  };
}

function percent(share: number): number {
  return Math.floor(share * 1000) / 10;
}
