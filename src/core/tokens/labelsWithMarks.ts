import { message } from '../../common/message';
import type { Conversation } from '../data/recipeRows';
import type { EachRow, RowSource, TrainRows } from './exampleRows';
import { markedTemplate } from './generationTemplates';
import type { Labelling } from './labels';
import { type LabelledRows, labelsOfRows } from './labelsOfRows';
import { TokensError } from './tokensError';
import type { RenderFailure } from './types';

const ASSISTANT_ONLY = ['train', 'data', 'assistant_only_loss'];

/** What was tokenised, and how. */
export interface MarkedLabels {
  readonly labelled: LabelledRows;
  readonly labelling: Labelling;
  /** The name of our template, where it stands in for one without generation marks. */
  readonly ours: string | null;
}

/**
 * With assistant_only_loss and a template without marks, the rows go through one of ours that writes the same text. Which one
 * depends on every row, and there may be more rows than memory: so rows are gone through with the one that the probes and
 * the rows up to now allow, and once more for each row that turns out to differ, of which there can't be more than templates.
 * Throws TokensError.
 */
export async function labelWithMarks(
  source: RowSource,
  train: TrainRows,
  labelling: Labelling,
  each: EachRow,
): Promise<MarkedLabels> {
  const against: Conversation[] = [];
  for (;;) {
    const chosen = labelling.assistantOnly ? choose(labelling, against) : { labelling, ours: null };
    const plain = chosen.ours === null ? null : labelling.template;
    const labelled = await labelsOfRows(source, train, chosen.labelling, plain, each);
    if (!('differs' in labelled)) return { ...chosen, labelled };
    against.push(labelled.differs);
  }
}

function choose(labelling: Labelling, against: readonly Conversation[]): Omit<MarkedLabels, 'labelled'> {
  const marked = markedTemplate(labelling.template, against, labelling.special);
  if (!marked.ok) throw noMarks(marked.error);
  const { template, name } = marked.value;
  return { labelling: { ...labelling, template }, ours: name };
}

/** A warning: the trainer may have a template of TRL's. */
function noMarks(failure: RenderFailure): TokensError {
  return TokensError.of('noGenerationMarks', {
    severity: 'warning',
    recipePath: ASSISTANT_ONLY,
    message: failure.kind === 'unsupported' ? failure.reason : message('The chat template fails: {0}', failure.reason),
    remedy: message(
      'Write generation marks around what the assistant says in a chat_template of your own, or learn from whole conversations.',
    ),
    fixes: [{ title: message('Learn from whole conversations'), set: [{ path: ASSISTANT_ONLY, value: false }] }],
  });
}
