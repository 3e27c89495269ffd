import { message } from '../../../common/message';
import type { Looked } from '../../tokens/tokenLook';
import { batchingOf } from '../../tokens/exampleSettings';
import type { Batching } from '../../tokens/exampleSequences';
import { markedTemplate } from '../../tokens/generationTemplates';
import { isTrained, type LabelledRow, type Labelling, labelRow } from '../../tokens/labels';
import { chosenTemplate } from '../../tokens/templateChoice';
import { RecipeRows } from '../recipeRows';
import { RowError } from '../rowError';
import type { SourceRow } from '../sourceRow';
import type { Finding } from './finding';
import type { RowForm } from './form';

/** What only a row's tokens tell: that max_length cuts it, that nothing of it is trained, that the template refuses it. */
export class RowTokens {
  readonly #rows: RecipeRows;
  readonly #labelling: Labelling;
  readonly #batching: Batching;
  readonly #column: string;
  #canRender = true;

  private constructor(rows: RecipeRows, labelling: Labelling, batching: Batching, column: string) {
    this.#rows = rows;
    this.#labelling = labelling;
    this.#batching = batching;
    this.#column = column;
  }

  /** Null where this recipe's tokens can't be made here: the recipe's own problems say why. Throws TokensError. */
  static of({ recipe, tokenizer, recipeTemplate }: Looked, form: RowForm): RowTokens | null {
    const { system } = form;
    const columns =
      form.kind === 'conversation'
        ? { messages: form.column, system }
        : { prompt: form.prompt, completion: form.completion, system };
    const names = ['tools', ...Object.values(columns).filter((name) => name !== null)];
    const rows = RecipeRows.of(columns, names, recipe.data.system_prompt);
    const { template } = chosenTemplate(recipeTemplate, tokenizer.chatTemplate);
    const special = {
      ...tokenizer.special,
      eos_token: recipe.tokenizer.eos_token ?? tokenizer.special.eos_token,
      pad_token: recipe.tokenizer.pad_token ?? tokenizer.special.pad_token,
    };
    const { assistant_only_loss: assistantOnly, completion_only_loss: completionOnly } = recipe.train.data;
    const marked = assistantOnly ? markedTemplate(template, [], special) : null;
    if (!rows.ok || marked?.ok === false) return null;
    const labelling: Labelling = {
      tokenizer,
      template: marked?.value.template ?? template,
      special,
      assistantOnly,
      completionOnly: completionOnly === true,
    };
    const column = form.kind === 'conversation' ? form.column : form.completion;
    return new RowTokens(rows.value, labelling, batchingOf(recipe.train), column);
  }

  /** For a row that has no errors. */
  examine(row: SourceRow): Finding | null {
    if (!this.#canRender) return null;
    try {
      const conversation = this.#rows.read(row);
      const labelled = labelRow(conversation, this.#labelling);
      if (labelled.ok) return lengthFinding(labelled.value, this.#batching, this.#column);
      // what this renderer doesn't know, Python may; it won't know it in the next row either
      if (labelled.error.kind === 'unsupported') {
        this.#canRender = false;
        return null;
      }
      return {
        kind: 'templateFails',
        severity: 'error',
        at: [this.#column],
        key: true,
        message: message('The chat template refuses this row: {0}', labelled.error.reason),
      };
    } catch (error) {
      if (error instanceof RowError) return null;
      throw error;
    }
  }
}

function lengthFinding(row: LabelledRow, { maxLength, packing }: Batching, column: string): Finding | null {
  const { length } = row.ids;
  // the rest goes on in the next sequence
  const isCut = maxLength !== null && length > maxLength && packing !== 'wrapped' && packing !== 'bfd_split';
  const kept = isCut ? maxLength : length;
  const base = { severity: 'warning', at: [column], key: true } as const;
  if (!trainsSomething(row, kept))
    return {
      ...base,
      kind: 'wholeMasked',
      message:
        isCut && trainsSomething(row, length)
          ? message(
              'Nothing of this row is trained: it has {0} tokens, and what the assistant says lies behind max_length {1}.',
              length,
              maxLength,
            )
          : message('Nothing of this row is trained: all of its {0} tokens are masked.', length),
    };
  if (!isCut) return null;
  return {
    ...base,
    kind: 'tooLong',
    message: message(
      'The row has {0} tokens: the last {1} are cut off at max_length {2}.',
      length,
      length - maxLength,
      maxLength,
    ),
  };
}

/** The first position has no predecessor that could predict it. */
function trainsSomething(row: LabelledRow, kept: number): boolean {
  for (let index = 1; index < kept; index++) if (isTrained(row, index)) return true;
  return false;
}
