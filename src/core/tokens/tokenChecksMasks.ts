import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import { countTokens } from './counts';
import { anyTrained, cutsAt } from './exampleSequences';
import type { LabelledRow } from './labels';
import type { TokenLook } from './tokenLook';

const MAX_LENGTH = ['train', 'data', 'max_length'];
const ASSISTANT_ONLY = ['train', 'data', 'assistant_only_loss'];

/** Rows from which nothing is learnt. */
export function* checkMasks(look: TokenLook): Generator<TokenFinding> {
  const { labelled, sequences, order, batching, labelling } = look;
  const { rows, places } = labelled;
  const silent = labelling.assistantOnly ? rows.findIndex((_, row) => !trainsAny(rows, row, Infinity)) : -1;
  if (silent >= 0) {
    yield nothingMarked(places[silent]?.line ?? null);
    return;
  }
  const counts = countTokens(rows, sequences, order, batching, true);
  if (counts.maskedRows === 0 && counts.trainedTokens > 0) return;
  const limit = cutsAt(batching);
  const first = rows.findIndex((_, row) => !trainsAny(rows, row, limit));
  const line = places[first]?.line ?? null;
  const recipePath = batching.maxLength === null ? ASSISTANT_ONLY : MAX_LENGTH;
  const remedy = message('Choose a larger max_length: what is learnt stands behind the place where rows are cut.');
  if (counts.trainedTokens === 0) {
    yield {
      kind: 'allMasked',
      severity: 'error',
      recipePath,
      message: message('None of {0} rows has a token that the loss looks at.', rows.length),
      remedy,
      fixes: [],
      line,
    };
    return;
  }
  yield {
    kind: 'maskedRows',
    severity: 'warning',
    recipePath,
    message: message(
      '{0} of {1} rows have no token that the loss looks at: nothing is learnt from them.',
      counts.maskedRows,
      rows.length,
    ),
    remedy,
    fixes: [],
    line,
  };
}

/** TRL ends with an error where assistant_only_loss finds no answer in a row. */
function nothingMarked(line: number | null): TokenFinding {
  return {
    kind: 'allMasked',
    severity: 'error',
    recipePath: ASSISTANT_ONLY,
    message: message('The chat template marks nothing that the assistant says in a row of the dataset.'),
    remedy: message('Learn from whole conversations, or mend the row or the template’s generation marks.'),
    fixes: [{ title: message('Learn from whole conversations'), set: [{ path: ASSISTANT_ONLY, value: false }] }],
    line,
  };
}

function trainsAny(rows: readonly LabelledRow[], row: number, limit: number): boolean {
  return anyTrained(rows, { row, from: 0, length: Math.min(rows[row]?.ids.length ?? 0, limit) });
}
