import type { Message } from '../../common/message';

/** UTF-16 offsets into the text, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** What a person can do about a problem with one click. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

export type ProblemKind =
  | 'syntax' // not YAML
  | 'tab' // a tab where YAML wants spaces
  | 'duplicateKey'
  | 'nulCharacter'
  | 'tooLarge'
  | 'severalDocuments'
  | 'aliases' // more of them than a recipe can need, or a merge key
  | 'notMapping' // the recipe, a section or a group is no `key: value` mapping
  | 'empty'
  | 'unknownKey'
  | 'renamedKey' // the name of an older library
  | 'removedKey'
  | 'misplacedKey' // known, but belongs elsewhere
  | 'missingKey'
  | 'wrongType'
  | 'numberAsText' // "2e-4"
  | 'notAllowed' // not one of the allowed values
  | 'outOfRange'
  | 'missingFile'
  | 'conflict' // two values that don't go together
  | 'risk' // works, but hardly as meant
  | 'tokens' // what the tokens of the rows show
  | 'model' // what the files of the model show
  | 'memory'; // it would hardly fit

/** information: nothing goes wrong, but what happens isn't what the recipe says. */
export type Severity = 'error' | 'warning' | 'information';

/** Something in a recipe that a person should know, where it stands, and what to do about it. */
export interface RecipeProblem {
  readonly kind: ProblemKind;
  /** A recipe with an error must not run. */
  readonly severity: Severity;
  readonly file: string;
  /** 1-based; columns count UTF-16 units, as editors do. The end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly range: TextRange;
  readonly message: Message;
  readonly remedy: Message;
  /** ["train", "training", "learning_rate"]; empty for the document. */
  readonly recipePath: readonly string[];
  readonly fixes: readonly Fix[];
  /** The line of the dataset file, from 1, that shows it; null or absent where none does. */
  readonly datasetLine?: number | null;
}

/** Whether these problems forbid a run. */
export function hasErrors(problems: readonly RecipeProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
