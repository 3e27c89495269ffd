import { message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';
import { countEnds, endsWithMark } from './endsOfRows';
import type { TokenLook } from './tokenLook';

const TEMPLATE = ['tokenizer', 'chat_template'];
const ASSISTANT_ONLY = ['train', 'data', 'assistant_only_loss'];

/** The model stops where it learnt to: an end mark has to stand behind what it says, and the loss has to look at it. */
export function* checkEnds(look: TokenLook): Generator<TokenFinding> {
  const { labelled, sequences, marks, labelling, looked } = look;
  const { endOfTurn } = marks;
  if (endOfTurn === null) {
    yield {
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
    return;
  }
  const { ends, trained } = countEnds(labelled.rows, sequences.sequences, endOfTurn);
  const token = looked.tokenizer.piece(endOfTurn).text;
  if (trained === 0 && labelled.rows.length > 0) {
    yield {
      kind: 'endOfTurnNotTrained',
      // The trainer refuses an end mark that is there and always masked (steps/train.py, _end_not_trained).
      severity: ends === 0 ? 'warning' : 'error',
      recipePath: TEMPLATE,
      message:
        ends === 0
          ? message('No row has {0}, which ends an answer: the tuned model won’t know where to stop.', token)
          : message(
              '{0} ends every answer, but the loss looks at none of {1}: the tuned model would never stop.',
              token,
              ends,
            ),
      remedy: message('The generation marks of the chat template should include the end mark.'),
      fixes: labelling.assistantOnly
        ? [{ title: message('Learn from whole conversations'), set: [{ path: ASSISTANT_ONLY, value: false }] }]
        : [],
      line: null,
    };
    return;
  }
  yield* rowsWithoutEnd(look);
}

function* rowsWithoutEnd({ labelled, marks }: TokenLook): Generator<TokenFinding> {
  const without = labelled.rows.flatMap((row, index) => (endsWithMark(row, marks.all) ? [] : [index]));
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
