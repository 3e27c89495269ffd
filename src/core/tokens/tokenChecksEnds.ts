import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import { countEnds, endsWithMark } from './endsOfRows';
import { anyTrained } from './exampleSequences';
import { suggestMaxLength } from './suggestMaxLength';
import type { TokenLook } from './tokenLook';

const TEMPLATE = ['tokenizer', 'chat_template'];
const MAX_LENGTH = ['train', 'data', 'max_length'];
const ASSISTANT_ONLY = ['train', 'data', 'assistant_only_loss'];

/** The model stops where it learnt to: an end mark has to stand behind what it says, and the loss has to look at it. */
export function* checkEnds(look: TokenLook): Generator<TokenFinding> {
  const { labelled, sequences, marks, looked } = look;
  const { endOfTurn } = marks;
  if (endOfTurn === null) {
    yield noEndMark();
    return;
  }
  const { ends, trained } = countEnds(labelled.rows, sequences.sequences, endOfTurn);
  if (trained > 0) yield* rowsWithoutEnd(look);
  // Where nothing is trained at all, that is what is to say.
  else if (labelled.rows.some(({ ids }, row) => anyTrained(labelled.rows, { row, from: 0, length: ids.length })))
    yield neverTrained(look, looked.tokenizer.piece(endOfTurn).text, endOfTurn, ends);
}

function noEndMark(): TokenFinding {
  return {
    kind: 'endOfTurnNotTrained',
    severity: 'warning',
    recipePath: TEMPLATE,
    message: message(
      'The chat template writes no end mark behind an answer: the tuned model won’t know where to stop.',
    ),
    remedy: message('Choose a chat template that writes one, such as the one of the model’s chat version.'),
    fixes: [],
    line: null,
  };
}

/** The trainer refuses an end mark that is there and always masked (steps/train.py, _end_not_trained). */
function neverTrained(
  { labelled, labelling, batching }: TokenLook,
  token: string,
  id: number,
  ends: number,
): TokenFinding {
  const whole = labelled.rows.map(({ ids }, row) => [{ row, from: 0, length: ids.length }]);
  const isCut = countEnds(labelled.rows, whole, id).trained > 0;
  const suggestion = isCut
    ? suggestMaxLength(
        labelled.rows.map(({ ids }) => ids.length),
        batching,
      )
    : null;
  return {
    kind: 'endOfTurnNotTrained',
    severity: ends === 0 ? 'warning' : 'error',
    recipePath: isCut ? MAX_LENGTH : TEMPLATE,
    message:
      ends === 0
        ? message('No row has {0}, which ends an answer: the tuned model won’t know where to stop.', token)
        : message('The loss looks at no {0} that ends an answer: the tuned model would never stop.', token),
    remedy: isCut
      ? message('Every answer is cut before its end: choose a larger max_length.')
      : message('The generation marks of the chat template should include the end mark.'),
    fixes: suggestion !== null ? [lengthFix(suggestion.maxLength)] : labelling.assistantOnly ? [wholeFix()] : [],
    line: null,
  };
}

function lengthFix(maxLength: number): TokenFinding['fixes'][number] {
  return { title: message('Write max_length: {0}', maxLength), set: [{ path: MAX_LENGTH, value: maxLength }] };
}

function wholeFix(): TokenFinding['fixes'][number] {
  return { title: message('Learn from whole conversations'), set: [{ path: ASSISTANT_ONLY, value: false }] };
}

function* rowsWithoutEnd({ labelled, marks, looked }: TokenLook): Generator<TokenFinding> {
  const blank = new Map<number, boolean>();
  const isBlank = (id: number): boolean => {
    const known = blank.get(id) ?? looked.tokenizer.piece(id).text.trim() === '';
    blank.set(id, known);
    return known;
  };
  const without = labelled.rows.flatMap((row, index) => (endsWithMark(row, marks.all, isBlank) ? [] : [index]));
  const [first] = without;
  if (first === undefined) return;
  yield {
    kind: 'rowsWithoutEos',
    severity: 'warning',
    recipePath: TEMPLATE,
    message: message('{0} of {1} rows don’t end with an end mark.', without.length, labelled.rows.length),
    remedy: message('Look whether these rows end with what the assistant says.'),
    fixes: [],
    line: labelled.places[first]?.line ?? null,
  };
}
