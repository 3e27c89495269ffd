import { message } from '../../common/message';
import type { FullRecipe } from '../recipe/schema/recipe';
import { endOfTurnId } from './endOfTurn';
import { type EachRow, type RowSource, type TrainRows, trainRows } from './exampleRows';
import { type Batching, type Sequences, sequencesOf } from './exampleSequences';
import { batchingOf } from './exampleSettings';
import type { Labelling } from './labels';
import { type LabelledRows, templateTrouble } from './labelsOfRows';
import { labelWithMarks } from './labelsWithMarks';
import { orderOfSequences } from './orderOfSequences';
import { choosePad, type Pad } from './padToken';
import { chosenTemplate, type TemplateChoice } from './templateChoice';
import { TokensError } from './tokensError';
import type { ChatTemplate, TextTokenizer } from './types';

/** What is looked at: a recipe, and what its files hold. */
export interface Looked {
  readonly recipe: FullRecipe;
  readonly source: RowSource;
  readonly tokenizer: TextTokenizer;
  /** Rows of the model's embedding; null: unknown. */
  readonly modelVocabSize: number | null;
  /** The recipe's own chat template; null: the tokenizer's. */
  readonly recipeTemplate: string | null;
  /** Reads no more rows than that; null: all. */
  readonly most: number | null;
}

/** All rows of a recipe as the training will see them. */
export interface TokenLook {
  readonly looked: Looked;
  readonly train: TrainRows;
  readonly labelled: LabelledRows;
  readonly labelling: Labelling;
  readonly choice: TemplateChoice;
  /** The name of our template, where it stands in for one without generation marks. */
  readonly ours: string | null;
  readonly batching: Batching;
  readonly sequences: Sequences;
  /** Of the sequences, in the first epoch. */
  readonly order: readonly number[];
  readonly marks: EndMarks;
  readonly pad: Pad;
}

interface EndMarks {
  /** What the template writes after an answer; null: nothing special. */
  readonly endOfTurn: number | null;
  readonly eos: number | null;
  readonly all: ReadonlySet<number>;
}

/** Throws TokensError for what the trainer refuses as well, and for what only the trainer can do. */
export async function lookAtTokens(looked: Looked, each: EachRow): Promise<TokenLook> {
  const { recipe, source, tokenizer, modelVocabSize, most } = looked;
  const choice = chosenTemplate(looked.recipeTemplate, tokenizer.chatTemplate);
  const marks = endMarks(looked, choice.template);
  const pad = choosePad(tokenizer, recipe.tokenizer.pad_token, marks.all, modelVocabSize);
  if (!pad.ok) throw TokensError.of('padIsEos', { recipePath: ['tokenizer', 'pad_token'], ...pad.error });
  const { data } = recipe.train;
  const plain: Labelling = {
    tokenizer,
    template: choice.template,
    special: {
      ...tokenizer.special,
      eos_token: recipe.tokenizer.eos_token ?? tokenizer.special.eos_token,
      pad_token: pad.value.token,
    },
    assistantOnly: data.assistant_only_loss,
    completionOnly: data.completion_only_loss === true,
  };
  const train = await trainRows(source, recipe, most, each);
  const { labelled, labelling, ours } = await labelWithMarks(source, train, plain, each);
  const batching = batchingOf(recipe.train);
  const sequences = sequencesOf(labelled.rows, batching);
  return {
    looked,
    train,
    labelled,
    labelling,
    choice: ours === null ? choice : { template: labelling.template, source: 'tunebook' },
    ours,
    batching,
    sequences,
    order: orderOfSequences(sequences.sequences.length, batching.seed),
    marks,
    pad: pad.value,
  };
}

/** trainer/src/tunebook_trainer/steps/tokenizer.py: the end of a turn before eos_token is set, both as end marks. */
function endMarks({ recipe, tokenizer }: Looked, template: ChatTemplate): EndMarks {
  const end = endOfTurnId(tokenizer, template, tokenizer.special);
  if (!end.ok) throw templateTrouble(end.error, null);
  const wanted = recipe.tokenizer.eos_token;
  const token = wanted ?? tokenizer.special.eos_token;
  const eos = token === null ? null : tokenizer.idOf(token);
  if (wanted !== null && eos === null) {
    throw TokensError.of('rowsWithoutEos', {
      recipePath: ['tokenizer', 'eos_token'],
      message: message('eos_token {0} is not in the vocabulary.', wanted),
      remedy: message('Remove the line: the tokenizer has one of its own.'),
      fixes: [{ title: message('Remove eos_token'), set: [{ path: ['tokenizer', 'eos_token'], value: null }] }],
    });
  }
  return { endOfTurn: end.value, eos, all: new Set([end.value, eos].filter((id) => id !== null)) };
}
